"""`nyumbani watch …`."""

from typing import Annotated

import typer

from nyumbani.cli import house
from nyumbani.cli.wording import JSON, group

app = group("Who is silent, what climbs, who is on duty.")


@app.command()
def now(
    *,
    at: Annotated[
        str,
        typer.Option(
            metavar="MOMENT", help="Another moment, with its zone: 2014-07-14T20:00+03:00"
        ),
    ] = "",
    json: JSON = False,
) -> int:
    """Say who is silent, what climbs to whom, and who is on duty; numbers, no names of people."""
    from nyumbani.watch.commands.moments import moment

    asked = moment(at)
    house.enter()
    from nyumbani.watch.commands.now import tell

    return tell(asked, json=json)


@app.command()
def look(*, json: JSON = False) -> int:
    """Go round once now, as the worker does every five minutes."""
    house.enter()
    from nyumbani.watch.commands.now import look as go_round

    return go_round(json=json)

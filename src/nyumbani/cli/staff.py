"""`nyumbani staff …`."""

from typing import Annotated

import typer

from nyumbani.cli import house
from nyumbani.cli.wording import JSON, group

app = group("Who works here.")


@app.command()
def link(
    *,
    base: Annotated[
        str, typer.Option(metavar="URL", help="Where the house answers, as a browser writes it.")
    ] = "http://127.0.0.1:8765",
) -> int:
    """Make a new set-up link for the first administrator, while nobody is there yet."""
    house.enter()
    from nyumbani.accounts.commands import link as make_link

    return make_link(base.rstrip("/"))


@app.command("list")
def people(*, json: JSON = False) -> int:
    """List who has an account, with roles and second factor."""
    house.enter()
    from nyumbani.accounts.commands import people as tell

    return tell(json=json)

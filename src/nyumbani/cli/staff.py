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
    ] = "http://localhost:8765",
    whom: Annotated[
        str,
        typer.Option("--for", metavar="NAME", help="Sign-in name of who lost phone or password."),
    ] = "",
) -> int:
    """Make a set-up link: for the first administrator, or for a colleague nobody else can help."""
    house.enter()
    from nyumbani.accounts.commands import link as make_link

    return make_link(base.rstrip("/"), whom)


@app.command()
def agree(
    *,
    whom: Annotated[str, typer.Option("--for", metavar="NAME", help="Sign-in name of who waits.")],
) -> int:
    """Agree to what waits for a director about somebody, while no director works here."""
    house.enter()
    from nyumbani.accounts.commands import agree as agree_for

    return agree_for(whom)


@app.command("list")
def people(*, json: JSON = False) -> int:
    """List who has an account, with roles and second factor."""
    house.enter()
    from nyumbani.accounts.commands import people as tell

    return tell(json=json)

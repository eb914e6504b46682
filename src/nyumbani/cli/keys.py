"""`nyumbani keys …`."""

import enum
from typing import Annotated

import typer

from nyumbani.cli import house
from nyumbani.cli.wording import JSON, group


class Reason(enum.StrEnum):
    """`vault.terms.ShredReason`, as the command line needs it before Django is there."""

    ASKED = "asked"
    ORDERED = "ordered"
    KEPT_ENOUGH = "kept_enough"
    MISTAKE = "mistake"


app = group("The keys that everything personal is sealed under.")


@app.command()
def show(*, json: JSON = False) -> int:
    """Say which installation key this is and how many data keys there are; never a key itself."""
    house.enter()
    from nyumbani.vault.commands import show as tell

    return tell(json=json)


@app.command()
def rotate(
    *,
    scope: Annotated[
        str, typer.Option(help="house, intake, person:ID, case:ID, all, or installation.")
    ],
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Close the new installation key with a passphrase.")
    ] = False,
) -> int:
    """Make a new key and seal everything under it anew."""
    house.enter()
    from nyumbani.vault.commands import rotate as renew

    return renew(scope=scope, passphrase=passphrase)


@app.command()
def shred(
    *,
    scope: Annotated[str, typer.Option(help="person:ID or case:ID.")],
    reason: Annotated[Reason, typer.Option(help="Why; the ledger keeps the word.")],
) -> int:
    """Destroy the key of one person or one case; asks for it to be typed again."""
    house.enter()
    from nyumbani.vault.commands import shred as destroy
    from nyumbani.vault.terms import ShredReason

    return destroy(scope=scope, reason=ShredReason(reason.value))


@app.command()
def recovery(
    *,
    out: Annotated[
        str, typer.Option(metavar="FILE", help="Where the private half goes, once; - prints it.")
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Make another one; older backups need the former.")
    ] = False,
) -> int:
    """Make the key pair that backups are sealed to; its private half is not kept here."""
    house.enter()
    from nyumbani.vault.backups.commands import make_recovery_key

    return make_recovery_key(out=out, replace=replace)

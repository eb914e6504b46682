"""`nyumbani people …`."""

from pathlib import Path
from typing import Annotated

import typer

from nyumbani.cli import house
from nyumbani.cli.wording import JSON, group
from nyumbani.kit.console import Misuse

app = group("Lists of people in, and the people of a case out.")


@app.command("import")
def take_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .csv or .xlsx.")],
    *,
    case: Annotated[str, typer.Option(metavar="NYB-n", help="The case they belong to.")] = "",
    by: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="In whose name people are added; none: the list waits on its page."
        ),
    ] = "",
    encoding: Annotated[
        str,
        typer.Option(metavar="NAME", help="utf-8, cp1252 or cp1256, if the file leaves it open."),
    ] = "",
    separator: Annotated[
        str, typer.Option(metavar="SIGN", help=", ; | or a tab, if the file leaves it open.")
    ] = "",
    sheet: Annotated[
        int, typer.Option(metavar="N", min=0, help="Which sheet; 0: the one that says most.")
    ] = 0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Store nothing; needs neither database nor keys.")
    ] = False,
    json: JSON = False,
) -> int:
    """Bring a list of people into a case; with --dry-run only say what its columns mean."""
    if dry_run:
        from nyumbani.sheets.commands.showing import show

        return show(file, encoding=encoding, separator=separator, sheet=sheet, json=json)
    if not case:
        raise Misuse("--case is needed: the case they belong to, as NYB-7")
    house.enter()
    from nyumbani.sheets.commands.importing import take_in as bring

    return bring(
        file, case=case, encoding=encoding, separator=separator, sheet=sheet, by=by, json=json
    )


@app.command()
def export(
    *,
    case: Annotated[str, typer.Option(metavar="NYB-n", help="The case whose people are written.")],
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="A .csv or .xlsx to write; must not exist.")
    ],
    htcds: Annotated[
        bool, typer.Option("--htcds", help="In the Human Trafficking Case Data Standard 2.0.")
    ] = False,
    json: JSON = False,
) -> int:
    """Write the people of a case into a file that is not sealed."""
    if not htcds:
        raise Misuse("--htcds is needed: it is the only form people are written in")
    house.enter()
    from nyumbani.sheets.commands.exporting import write

    return write(case=case, to=out, json=json)

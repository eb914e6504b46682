"""`nyumbani people export --htcds`: the people of a case in the exchange standard, as one file.

It is for whoever runs the machine with its keys open. The file is plain: it is written for its
owner alone, and never over another.
"""

from pathlib import Path

from nyumbani.domain.htcds.fields import fields
from nyumbani.domain.htcds.records import table
from nyumbani.kit.console import GOOD, CannotDo, Misuse, say, say_json, some
from nyumbani.kit.doer import System
from nyumbani.kit.wholefile import whole_file
from nyumbani.sheets.actions.exporting import note_export
from nyumbani.sheets.commands.cases_here import case_called
from nyumbani.sheets.outgoing import people_of
from nyumbani.sheets.workbooks.sheet import BadSheet
from nyumbani.sheets.workbooks.writing import as_book, as_csv

OPERATOR = System("operator")


def write(*, case: str, to: Path, json: bool) -> int:
    """Write everybody who is in a case into a file, and the ledger's line before it."""
    if to.suffix.lower() not in {".csv", ".xlsx"}:
        raise Misuse(f"--out {to}: the file is a .csv or an .xlsx")
    where = case_called(case)
    people = people_of(where)
    cells = table(people, labels=to.suffix.lower() == ".xlsx")
    try:
        content = as_csv(cells) if to.suffix.lower() == ".csv" else as_book(
            cells, title="HTCDS 2.0", hidden=2
        )  # fmt: skip
        note_export(case=where, count=len(people), by=OPERATOR)
        with whole_file(to, replace=False) as out:
            out.write(content)
    except BadSheet as error:
        raise CannotDo(str(error)) from None
    except FileExistsError:
        raise CannotDo(f"{to} exists already; nothing was written") from None
    except OSError as error:
        raise CannotDo(f"{to} cannot be written: {error.strerror or error}") from None
    _say(to, len(people), len(cells[0]) - len(fields()), json=json)
    return GOOD


def _say(to: Path, people: int, beyond: int, *, json: bool) -> None:
    if json:
        say_json({"file": str(to), "people": people, "fields": len(fields()), "beyond": beyond})
        return
    say(
        f"{some(people, 'person', 'people')} in {to}: {len(fields())} fields of the standard,"
        f" {some(beyond, 'column')} beyond it.",
        "The file is not sealed. Whoever has it reads it.",
    )

"""`nyumbani people import --dry-run`: what a list holds; nothing is stored, no name is printed.

It needs neither database nor keys nor Django.
"""

from pathlib import Path
from typing import Any

from nyumbani.domain.htcds.headings import headings
from nyumbani.domain.htcds.records import noted, records
from nyumbani.kit.console import GOOD, CannotDo, Misuse, say, say_json, some
from nyumbani.sheets.workbooks.opening import read_cells
from nyumbani.sheets.workbooks.sheet import BadSheet, MustAsk, Sheet, Workbook


class Asks(CannotDo):
    """Somebody has to say what the file does not."""

    code = 3


def show(file: Path, *, encoding: str, separator: str, sheet: int, json: bool) -> int:
    """Say what its columns mean and what is doubtful; headings are printed, cells are not."""
    book = opened(file, encoding=encoding, separator=separator)
    found = told_of(book, page_of(book, sheet))
    if json:
        say_json(found)
        return GOOD
    say(f"{some(found['lines'], 'line')} of people on sheet {found['sheet']} of {found['sheets']}.")
    say(*(f"{one['number']}: {one['heading']!r} is {one['name']}" for one in found["columns"]))
    say(*(f"{one['doubt']}: {one['column']!r}" for one in found["doubts"]))
    say(*(f"{kind}: {count} times" for kind, count in found["remarks"].items()))
    say("Nothing was stored.")
    return GOOD


def opened(file: Path, *, encoding: str, separator: str) -> Workbook:
    """The file, read here. Raises CannotDo and Asks, with one clear line."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CannotDo(f"{file} cannot be read: {error.strerror or error}") from None
    try:
        return read_cells(content, encoding=encoding, separator=separator)
    except MustAsk as asked:
        about = asked.question.about
        ways = " or ".join(f"--{about} {answer!r}" for answer, _ in asked.question.readings)
        raise Asks(f"{file.name}: its {about} can be read two ways: say {ways}") from None
    except BadSheet as error:
        raise CannotDo(f"{file.name}: {error}") from None


def page_of(book: Workbook, number: int) -> int:
    """The index of the sheet of this number; without one the sheet in which most is known."""
    if not number:
        known = [
            sum(column.is_field for column in headings(one.lines).columns) + bool(one.lines)
            for one in book.sheets
        ]
        return known.index(max(known))
    if number > len(book.sheets):
        raise Misuse(f"--sheet {number}: the file has {some(len(book.sheets), 'sheet')}")
    return number - 1


def told_of(book: Workbook, page: int) -> dict[str, Any]:
    """What a sheet holds, without a cell of it."""
    sheet: Sheet = book.sheets[page]
    heads = headings(sheet.lines)
    found = records(sheet.lines, heads)
    doubts = [*heads.noted, *noted(found)]
    return {
        "kind": book.kind, "encoding": book.encoding, "separator": book.separator,
        "sheet": page + 1, "sheets": len(book.sheets), "lines": len(found),
        "columns": [
            {"number": one.number, "heading": one.heading, "name": one.name}
            for one in heads.columns
        ],
        "doubts": [{"doubt": one.doubt.value, "column": one.column} for one in doubts],
        "remarks": dict(sheet.remarks.counts),
    }  # fmt: skip

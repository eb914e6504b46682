"""Runs in a cell: a stranger's xlsx comes in as bytes, and lines of text go out."""

import json
import sys

from nyumbani.kit.cell import answer
from nyumbani.sheets.workbooks.books import read_book
from nyumbani.sheets.workbooks.sheet import BadSheet, Remarks, Sheet, Workbook

CODE = "from nyumbani.sheets.workbooks import inside; inside.read()"
READ, BAD = "read", "bad"
LONGEST = 64 << 20  # bytes of an answer


def read() -> None:
    """Read the file, and answer with its sheets, or with why not."""
    try:
        book = read_book(sys.stdin.buffer.read())
    except BadSheet as error:
        answer(BAD, str(error).encode())
        return
    told = [
        [one.name, one.is_hidden, one.lines, one.remarks.counts, one.remarks.places]
        for one in book.sheets
    ]
    answer(READ, json.dumps(told).encode("ascii"))


def book_of(word: str, content: bytes) -> Workbook:
    """What came out of the cell. Raises BadSheet."""
    if word == BAD:
        raise BadSheet(content.decode("utf-8", "replace")[:300])
    try:
        told = json.loads(content)
        return Workbook("xlsx", [_sheet(*one) for one in told])
    except (ValueError, TypeError, AttributeError):
        raise BadSheet("the file is damaged; save it again as .xlsx") from None


def _sheet(
    name: str, hidden: bool, lines: list[list[str]],  # noqa: FBT001 - as it came out
    counts: dict[str, int], places: dict[str, list[str]],
) -> Sheet:  # fmt: skip
    remarks = Remarks()
    remarks.counts.update(counts)
    remarks.places.update(places)
    return Sheet(name, lines, remarks, hidden)

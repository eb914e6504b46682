"""Cells as a file: csv with quotation marks around everything, xlsx with texts alone."""

import csv
import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from nyumbani.sheets.workbooks.sheet import BadSheet

LONGEST_IN_BOOK = 32_767
"""Letters in a cell of xlsx; what is longer would be cut off silently."""

_TO_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def as_csv(table: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(table)
    return out.getvalue().encode("utf-8-sig")


def as_book(table: Sequence[Sequence[str]], *, title: str, hidden: int = 0) -> bytes:
    """One sheet of texts; `hidden`: a line that is not shown. Raises BadSheet."""
    book = Workbook(write_only=True)
    page = book.create_sheet(title)
    if hidden:
        page.row_dimensions[hidden].hidden = True
    for number, row in enumerate(table, start=1):
        page.append([_cell(page, number, at, value) for at, value in enumerate(row, start=1)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(page: object, number: int, at: int, value: str) -> object:
    text = _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    if len(text) > LONGEST_IN_BOOK:
        raise BadSheet(
            f"line {number:,}, column {at}: {len(text):,} letters, and a cell of xlsx takes"
            f" {LONGEST_IN_BOOK:,}; write a .csv"
        )
    cell = WriteOnlyCell(page, value=text or None)
    if text:
        cell.data_type = "s"  # also what looks like a number, an error or a formula
    return cell

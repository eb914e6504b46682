"""xlsx: what its cells show, as text. Formulas are not worked out, links are not followed.

Entities and document types are refused by defusedxml, which openpyxl reads with where it is there;
without it nothing is read at all.
"""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from nyumbani.sheets.workbooks.archive import check_book
from nyumbani.sheets.workbooks.sheet import (
    MOST_SHEETS,
    BadSheet,
    Remark,
    Remarks,
    Sheet,
    Workbook,
    bare,
    check_line,
)

_DAMAGE = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, EOFError, SyntaxError, KeyError,
    TypeError, AttributeError, IndexError, OverflowError, RecursionError, ValueError, OSError,
)  # fmt: skip
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ZEROS = re.compile("0{2,32}")
_FIGURES = 15  # of a number, that a spreadsheet keeps


def read_book(content: bytes) -> Workbook:
    """Every sheet of an xlsx file. Raises BadSheet."""
    if not DEFUSEDXML:
        raise BadSheet("defusedxml is not installed: no xlsx file is read without it")
    check_book(content)
    try:
        sheets = _sheets(content)
    except BadSheet:
        raise
    except _DAMAGE as error:
        raise BadSheet(_why(error)) from None
    if not any(sheet.lines for sheet in sheets):
        raise BadSheet("nothing stands in this file")
    return Workbook("xlsx", sheets)


def _sheets(content: bytes) -> list[Sheet]:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    found, has_formulas = [], False
    worksheets = book.worksheets
    if len(worksheets) > MOST_SHEETS:
        raise BadSheet(f"it has more than {MOST_SHEETS} sheets")
    for page in worksheets:
        sheet = Sheet(page.title, [], Remarks(), page.sheet_state != "visible")
        formulas = _fill(sheet, page)
        has_formulas = has_formulas or bool(formulas)
        found.append((sheet, formulas))
    if has_formulas:
        _show(found, content)
    return [sheet for sheet, _formulas in found]


def _fill(sheet: Sheet, page: Any) -> list[tuple[int, int]]:  # noqa: ANN401 - openpyxl is untyped
    """Write down the lines of a page; returns where formulas stand."""
    formulas: list[tuple[int, int]] = []
    cells = 0
    for number, row in _rows(page):
        line = bare([_text(cell, sheet.remarks) for cell in row])
        cells += len(line)
        if not line:
            continue
        check_line(number, line, cells)
        sheet.lines.extend([] for _ in range(number - 1 - len(sheet.lines)))
        sheet.lines.append(line)
        formulas += [
            (number, at) for at, cell in enumerate(row, start=1) if _is_formula(cell)
        ]  # fmt: skip
    return formulas


def _rows(page: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:  # noqa: ANN401
    page.reset_dimensions()  # what the file says of its own size is not believed
    yield from enumerate(page.iter_rows(), start=1)


def _show(found: list[tuple[Sheet, list[tuple[int, int]]]], content: bytes) -> None:
    """Put what formulas last showed in the place of their words."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    for (sheet, formulas), page in zip(found, book.worksheets, strict=True):
        wanted: dict[int, list[int]] = {}
        for number, at in formulas:
            wanted.setdefault(number, []).append(at)
        for number, row in _rows(page):
            for at in wanted.get(number, ()):
                shown = _text(row[at - 1], sheet.remarks) if at <= len(row) else ""
                place = f"{get_column_letter(at)}{number}"
                sheet.remarks.add(Remark.FORMULA if shown else Remark.FORMULA_UNSHOWN, place)
                if shown:
                    sheet.lines[number - 1][at - 1] = shown


def _is_formula(cell: Any) -> bool:  # noqa: ANN401
    return getattr(cell, "data_type", "") == "f"


def _text(cell: Any, remarks: Remarks) -> str:  # noqa: ANN401
    value = cell.value
    if value is None:
        return ""
    if _is_formula(cell):
        return str(getattr(value, "text", None) or value)
    if isinstance(value, str):
        if cell.data_type == "e":
            remarks.add(Remark.BROKEN_CELL, cell.coordinate)
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, cell, remarks)
    return _moment(value)


def _number(value: float, cell: Any, remarks: Remarks) -> str:  # noqa: ANN401
    is_whole = isinstance(value, int) or value.is_integer()
    text = str(int(value)) if is_whole else repr(value)
    if is_whole and len(text.lstrip("-")) > _FIGURES:
        remarks.add(Remark.LONG_NUMBER, cell.coordinate)
    # 0700 123 456, kept as a number whose cell shows ten figures.
    shape = cell.number_format or ""
    return text.zfill(len(shape)) if is_whole and _ZEROS.fullmatch(shape) else text


def _moment(value: object) -> str:
    if isinstance(value, dt.datetime):
        whole_day = value.time() == dt.time()
        return value.date().isoformat() if whole_day else value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _why(error: Exception) -> str:
    causes = (error, error.__cause__, error.__context__)
    if any(type(one).__module__.startswith("defusedxml") for one in causes):
        return "it defines entities of its own, as no spreadsheet does: it was not read"
    return "the file is damaged; save it again as .xlsx"

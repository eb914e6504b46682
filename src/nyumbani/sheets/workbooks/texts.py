"""csv: whichever encoding and separator, with line ends inside quotation marks."""

import csv
import io
import threading
from collections.abc import Iterator

from nyumbani.sheets.workbooks.encodings import decoded
from nyumbani.sheets.workbooks.sheet import (
    LONGEST_CELL,
    BadSheet,
    MustAsk,
    Question,
    Sheet,
    Workbook,
    bare,
    check_line,
)

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_LOOKED_AT = 50  # lines
_turn = threading.Lock()


def read_text(content: bytes, *, encoding: str = "", separator: str = "") -> Workbook:
    """The lines of a csv file. Raises BadSheet, and MustAsk where it can be read two ways."""
    text, encoding = decoded(content, encoding)
    told, text = _told(text)
    separator = separator or told or _seen(text)
    if separator not in SEPARATORS:
        raise BadSheet("the separator must be one of: , ; | or a tab")
    return Workbook("csv", [Sheet("", _lines(text, separator))], encoding, separator)


def _told(text: str) -> tuple[str, str]:
    """Excel's own first line sep=; and the text behind it."""
    first, _end, rest = text[:16].partition("\n")
    words = first.strip()
    if words.casefold().startswith("sep=") and len(words) == 5:
        return words[4], rest + text[16:]
    return "", text


def _lines(text: str, separator: str) -> list[list[str]]:
    lines: list[list[str]] = []
    cells = 0
    for number, row in enumerate(_rows(text, separator), start=1):
        line = bare(row)
        cells += len(line)
        if line:
            check_line(number, line, cells)
        lines.append(line)
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        raise BadSheet("nothing stands in this file")
    return lines


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    with _turn:  # the longest cell is set for the whole program
        csv.field_size_limit(2 * LONGEST_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadSheet(f"line {rows.line_num:,}: {_why(error)}") from None
        yield row


def _why(error: csv.Error) -> str:
    said = str(error)
    if "end of data" in said:
        return "a quotation mark is opened and never closed"
    if "expected after" in said:
        return "something stands behind a closing quotation mark"
    return "a cell is longer than any cell may be" if "limit" in said else said


def _seen(text: str) -> str:
    """The separator by which lines fall into the most columns, all alike."""
    found = {one: _score(text, one) for one in SEPARATORS if one in text}
    found = {one: score for one, score in found.items() if score[1] > 1}
    if not found:
        return ","
    best = max(found.values())
    ways = [one for one in found if found[one] == best]
    if len(ways) > 1:
        first = text.partition("\n")[0].strip()[:80]
        readings = tuple((one, " | ".join(first.split(one))) for one in ways)
        raise MustAsk(Question("separator", readings))
    return ways[0]


def _score(text: str, separator: str) -> tuple[float, int]:
    """How much alike the first lines are, and how many columns they have then."""
    counts: list[int] = []
    try:
        for row in _rows(text, separator):
            if row:
                counts.append(len(row))
            if len(counts) == _LOOKED_AT:
                break
    except BadSheet:
        return 0.0, 0
    width = max(set(counts), key=counts.count, default=0)
    return round(counts.count(width) / max(len(counts), 1), 1), width

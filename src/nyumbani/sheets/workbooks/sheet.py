"""What a file of cells is once it is read: sheets, lines, texts, and what is remarkable."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

LARGEST = 16 << 20
"""Bytes of a file: a list of people is some kilobytes; what is larger holds pictures."""

MOST_LINES = 20_000
MOST_COLUMNS = 1_000
MOST_CELLS = 1_000_000
MOST_SHEETS = 50
LONGEST_CELL = 1_000_000
EXAMPLES = 5
"""How many places a remark names; of the rest it says how many they are."""


class BadSheet(ValueError):
    """The file cannot be read; the text is one clear line that says why."""


class Remark(StrEnum):
    """Something in a cell that is not simply text."""

    FORMULA = "formula"  # what it last showed is taken
    FORMULA_UNSHOWN = "formula_unshown"  # it never showed anything: its words are taken
    LONG_NUMBER = "long_number"  # spreadsheets keep fifteen figures of a number
    BROKEN_CELL = "broken_cell"  # it shows an error such as #N/A
    OTHER_ENCODING = "other_encoding"  # neither UTF-8 nor UTF-16: told by its letters


@dataclass(slots=True)
class Remarks:
    """How often something stands in a sheet, and where first."""

    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=dict)

    def add(self, remark: Remark, place: str) -> None:
        """Something stands there."""
        self.counts[remark] += 1
        if self.counts[remark] <= EXAMPLES:
            self.places.setdefault(remark, []).append(place)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: every line from the first, every cell as text."""

    name: str  # empty: the file has no sheets with names
    lines: list[list[str]]
    remarks: Remarks = field(default_factory=Remarks)
    is_hidden: bool = False

    @property
    def filled(self) -> int:
        """Lines in which something stands."""
        return sum(any(line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that was read."""

    kind: str  # csv or xlsx
    sheets: list[Sheet]
    encoding: str = ""
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What the file leaves open, and how it reads each way: nobody guesses."""

    about: str  # encoding or separator
    readings: tuple[tuple[str, str], ...]  # answer, and the first line as it reads then


class MustAsk(BadSheet):
    """Somebody has to say what the file does not."""

    def __init__(self, question: Question) -> None:
        ways = " or ".join(f"{answer}: {sample!r}" for answer, sample in question.readings)
        super().__init__(f"its {question.about} can be read two ways: {ways}")
        self.question = question


def check_line(number: int, line: list[str], cells: int) -> None:
    """Raise BadSheet where a sheet is larger than any list of people."""
    if number > MOST_LINES:
        raise BadSheet(f"line {number:,}: a list may have {MOST_LINES:,} lines; split the file")
    if len(line) > MOST_COLUMNS:
        raise BadSheet(f"line {number:,}: it has more than {MOST_COLUMNS:,} columns")
    if cells > MOST_CELLS:
        raise BadSheet(f"line {number:,}: more than {MOST_CELLS:,} cells; split the file")
    for at, cell in enumerate(line, start=1):
        if len(cell) > LONGEST_CELL:
            raise BadSheet(f"line {number:,}, column {at}: longer than any cell may be")


def bare(line: list[str]) -> list[str]:
    """The line without empty cells at its end."""
    while line and not line[-1]:
        line.pop()
    return line

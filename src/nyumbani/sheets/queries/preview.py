"""What a page shows of a list: columns with an example, the first people, who may be known."""

from collections.abc import Sequence
from dataclasses import dataclass

from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.htcds.doubts import Noted
from nyumbani.domain.htcds.headings import Column, Headings
from nyumbani.sheets import queries
from nyumbani.sheets.lines import Line
from nyumbani.sheets.models import BroughtSheet
from nyumbani.sheets.queries import doubles
from nyumbani.sheets.queries.doubles import Proposal
from nyumbani.sheets.terms import DOUBTS, REMARKS, titles
from nyumbani.sheets.workbooks.sheet import Remark, Sheet

COLUMNS = 100
PEOPLE = 10
DOUBLES = 20
NOTES = 20
"""How much of each a page shows; of the rest it says how many they are."""


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column, what it means (empty: it stays under its heading), and its first value."""

    column: Column
    title: str
    example: str


@dataclass(frozen=True, slots=True)
class Doubled:
    """A line that may be about somebody known."""

    line: Line
    proposals: list[Proposal]


@dataclass(frozen=True, slots=True)
class Remarked:
    """Something remarkable, how often, and where first."""

    words: object
    count: int
    places: list[str]


def preview(
    viewer: Viewer, row: BroughtSheet, heads: Headings, lines: Sequence[Line],
    noted: Sequence[Noted], sheet: Sheet | None,
) -> dict[str, object]:  # fmt: skip
    """Everything of a list that a page shows before its people are added, and after."""
    taken = queries.taken(viewer, row, [line.digest for line in lines])
    fresh = [line for line in lines if line.digest not in taken]
    proposed = doubles.proposals(viewer, fresh)
    asked = [
        Doubled(line, proposed[line.digest])
        for line in fresh
        if line.digest in proposed and line.digest not in row.decided
    ]
    return {
        "columns": [_column(one, lines) for one in heads.columns[:COLUMNS]],
        "columns_of": len(heads.columns),
        "people": fresh[:PEOPLE], "people_of": len(fresh), "lines_of": len(lines),
        "taken": len(taken), "doubles": asked[:DOUBLES], "doubles_of": len(asked),
        "noted": [(DOUBTS[one.doubt], one) for one in noted[:NOTES]], "noted_of": len(noted),
        "remarks": _remarks(sheet),
    }  # fmt: skip


def _remarks(sheet: Sheet | None) -> list[Remarked]:
    """What is remarkable in the cells of a sheet."""
    if sheet is None:
        return []
    found = sheet.remarks
    return [
        Remarked(REMARKS[Remark(kind)], count, found.places.get(kind, []))
        for kind, count in found.counts.items()
    ]


def _column(column: Column, lines: Sequence[Line]) -> ShownColumn:
    example = next(
        (line.record.values[column.name] for line in lines if column.name in line.record.values), ""
    )
    return ShownColumn(column, titles().get(column.name, ""), example[:60])

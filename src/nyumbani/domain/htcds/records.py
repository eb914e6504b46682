"""Lines of a file as records, and records as lines of a file; there and back they are the same.

A value is kept as it was given, to the letter. An empty cell says nothing and is not kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nyumbani.domain.htcds.cells import neutralised, restored
from nyumbani.domain.htcds.doubts import Doubt, Noted
from nyumbani.domain.htcds.fields import extensions, fields
from nyumbani.domain.htcds.headings import Column, Headings
from nyumbani.domain.htcds.values import meaning

_TICKED = {"1", "1.0", "true", "yes", "x"}


@dataclass(frozen=True, slots=True)
class Record:
    """What one line says, by the name of the column; `number` is its line in the file."""

    number: int
    values: dict[str, str]
    ticked: dict[str, str] = field(default_factory=dict)  # a field's choices with columns each

    def said(self, name: str) -> str:
        """What stands under a name, or what its columns of choices say; empty for nothing."""
        return self.values.get(name) or self.ticked.get(name, "")


def records(lines: Iterable[Sequence[str]], found: Headings) -> list[Record]:
    """The lines behind the headings; a line in which nothing stands is none."""
    read = [
        _record(number, line, found.columns)
        for number, line in enumerate(lines, start=1)
        if number > found.after
    ]
    return [one for one in read if one.values]


def table(given: Sequence[Record], *, labels: bool = True) -> list[list[str]]:
    """Records as cells: labels, names, then a line each; every field has its column."""
    names = [*fields(), *_beyond(given)]
    heads = [[_label(name) for name in names], names] if labels else [names]
    rows = [
        [one.values.get(name, "") for name in names] for one in given if any(one.values.values())
    ]
    return [[neutralised(cell) for cell in row] for row in [*heads, *rows]]


def noted(given: Sequence[Record]) -> list[Noted]:
    """What is odd about the values of pick-lists; each oddity once, however often it stands."""
    found: dict[tuple[Doubt, str, str], Noted] = {}
    for one in given:
        for name, cell in one.values.items():
            if name in fields():
                for doubt in meaning(fields()[name], cell).noted:
                    found.setdefault((doubt.doubt, doubt.column, doubt.what), doubt)
    return list(found.values())


def _record(number: int, line: Sequence[str], columns: Sequence[Column]) -> Record:
    values: dict[str, str] = {}
    ticked: dict[str, list[str]] = {}
    for column in columns:
        cell = restored(line[column.number - 1]) if column.number <= len(line) else ""
        if not cell:
            continue
        values[column.name] = cell
        if column.choice and cell.strip().casefold() in _TICKED:
            ticked.setdefault(column.choice[0], []).append(column.choice[1])
    return Record(number, values, {name: ";".join(those) for name, those in ticked.items()})


def _beyond(given: Sequence[Record]) -> list[str]:
    """The columns that the standard does not have: ours first, then as they first appear."""
    used = dict.fromkeys(
        name for one in given for name, cell in one.values.items() if cell and name not in fields()
    )
    ours = [name for name in extensions() if name in used]
    return [*ours, *(name for name in used if name not in extensions())]


def _label(name: str) -> str:
    if name in fields():
        return fields()[name].label
    return extensions()[name].label if name in extensions() else name

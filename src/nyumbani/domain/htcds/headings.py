"""Which column is which field: by label and by name, with every doubt said.

Where label and hidden name disagree, the label is believed: it is what people saw when they wrote.
What is no field keeps its heading as a column beyond the standard; no column is ever dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nyumbani.domain.htcds.doubts import Doubt, Noted
from nyumbani.domain.htcds.fields import (
    BEYOND,
    NAME_AS_GIVEN,
    by_heading,
    by_label,
    by_name,
    extensions,
    fields,
    folded,
)

LOOKED_THROUGH = 20
"""Headings are looked for in so many lines: titles and logos stand above them, nothing else."""

_PERSON = "Person"
_LONGEST = 120  # letters of a heading that becomes a name
_REPEAT = re.compile(r"\[\d+\]")

Line = Sequence[str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: its heading, and the name under which its values are kept."""

    number: int  # from one
    heading: str
    name: str  # of a field, or x_… for what the standard does not have
    choice: tuple[str, str] | None = None  # of a field, where a form gives each choice a column

    @property
    def is_field(self) -> bool:
        """Whether the standard has it."""
        return self.name in fields()


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns of a file, where its headings stand, and what is doubtful about them."""

    first: int  # index of the line where headings begin
    after: int  # ... and of the first line behind them
    columns: tuple[Column, ...]
    noted: tuple[Noted, ...]


def headings(lines: Sequence[Line]) -> Headings:
    """Find the headings among the first lines of a file, and say what each means."""
    first, count = _place(lines[:LOOKED_THROUGH])
    texts = [[_clean(cell) for cell in line] for line in lines[first : first + count]]
    above = [_clean(cell) for cell in lines[first - 1]] if first else []
    width = max((len(line) for line in lines), default=0)
    stacks = [_stack(texts, above, at) for at in range(width)]
    columns, noted = _named(stacks)
    if first:
        noted.insert(0, Noted(Doubt.ROWS_ABOVE, "", str(first)))
    return Headings(first, first + count, tuple(columns), tuple(noted))


def renamed(found: Headings, chosen: dict[int, str]) -> Headings:
    """The same with what somebody chose for some columns; an empty choice is beyond the standard.

    Raises ValueError where two columns would be one field, or a name is none.
    """
    columns: list[Column] = []
    taken: set[str] = set()
    for column in found.columns:
        name = chosen.get(column.number, column.name)
        if name and name not in fields() and name not in extensions() and name != column.name:
            raise ValueError(name)
        if not name or (name != column.name and name in taken):
            if name:
                raise ValueError(name)
            name = _beyond(column.heading or f"column {column.number}", taken)
        elif name in taken:
            raise ValueError(name)
        taken.add(name)
        columns.append(replace(column, name=name))
    return replace(found, columns=tuple(columns))


def _place(lines: Sequence[Line]) -> tuple[int, int]:
    """Where the headings begin, and in how many lines they stand: one, or label and name."""
    known = [sum(_is_known(cell) for cell in line) for line in lines]
    if not known:
        return 0, 0
    best = max(range(len(known)), key=lambda at: (known[at], -at))
    if known[best] == 0:
        filled = [at for at, line in enumerate(lines) if any(map(_clean, line))]
        return (filled[0], 1) if filled else (0, 0)
    if _is_heading(lines, known, best - 1):
        return best - 1, 2
    return (best, 2) if _is_heading(lines, known, best + 1) else (best, 1)


def _is_heading(lines: Sequence[Line], known: Sequence[int], at: int) -> bool:
    if not 0 <= at < len(lines):
        return False
    filled = sum(bool(_clean(cell)) for cell in lines[at])
    return known[at] >= 2 and 2 * known[at] > filled


def _stack(texts: Sequence[Sequence[str]], above: Sequence[str], at: int) -> list[str]:
    """What stands over a column; where cells were merged downwards, what stands a line higher."""
    found = [line[at] for line in texts if at < len(line) and line[at]]
    return found or [cell for cell in above[at : at + 1] if cell]


def _named(stacks: Sequence[Sequence[str]]) -> tuple[list[Column], list[Noted]]:
    columns: list[Column] = []
    noted: list[Noted] = []
    taken: set[str] = set()
    has_names = sum(any(folded(text) in by_name() for text in stack) for stack in stacks) > 1
    section = ""
    for number, stack in enumerate(stacks, start=1):
        heading = stack[0] if stack else ""
        name, why = _meant(stack, section)
        if Doubt.AMBIGUOUS in why:  # the first of its section: what follows says which that is
            name, why = _meant(stack, _section_after(stacks[number:]))
        if name in fields() and len(stack) == 1 and has_names and _max(stacks) == 2:
            why = [*why, Doubt.NO_NAME]
        choice = None if name else _choice(heading)
        if name and name in taken:
            name, why = "", [Doubt.TWICE]
        if not name:
            why = why or _of_unknown(heading, choice)
            name = _beyond(heading or f"column {number}", taken)
        section = _section(name) if name in fields() or name == NAME_AS_GIVEN else section
        taken.add(name)
        columns.append(Column(number, heading, name, choice))
        noted += [Noted(one, heading or name, name) for one in why]
    return columns, noted


def _max(stacks: Sequence[Sequence[str]]) -> int:
    return max(map(len, stacks), default=0)


def _meant(stack: Sequence[str], section: str) -> tuple[str, list[Doubt]]:
    """The field that these headings mean, or a column of ours; empty for none."""
    ours = [text for text in stack if text.startswith(BEYOND)]
    if ours:
        return ours[-1], []
    found = [(text, _candidates(text)) for text in stack]
    found = [one for one in found if one[1]]
    if not found:
        return "", []
    why = [doubt for text, _names in found for doubt in _of_name(text)]
    if len(found) == 1:
        name = _one(found[0][1], section)
        return (name, [*why, *_of_field(name)]) if name else ("", [Doubt.AMBIGUOUS])
    both = set(found[0][1]) & set(found[1][1])
    if both:
        name = _one(tuple(both), section) or min(both)
        return name, [*why, *_of_field(name)]
    labels = sorted(found[:2], key=lambda one: folded(one[0]) in by_name())
    said, hidden = labels[0][1], labels[1][1]
    name = _one(said, fields()[hidden[0]].section if hidden[0] in fields() else section)
    return name or said[0], [*why, Doubt.NAME_DISAGREES]


def _candidates(text: str) -> tuple[str, ...]:
    for words in (text, _REPEAT.sub("", text).rpartition("/")[2]):
        plain = folded(words)
        if plain in by_name():
            return (by_name()[plain],)
        found = (*by_label().get(plain, ()), *by_heading().get(plain, ()))
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _one(names: Sequence[str], section: str) -> str:
    """The only candidate, or the only one of this section; empty where it stays open.

    "Phone" in a list of callers is hers, though the standard's own Phone is an organisation's.
    """
    if len(names) == 1:
        return names[0]
    guessed = any(names[-1] in known for known in by_heading().values())
    for where in (section, _PERSON if guessed else section):
        here = [name for name in names if _section(name) == where]
        if len(here) == 1:
            return here[0]
    return ""


def _section_after(stacks: Sequence[Sequence[str]]) -> str:
    """The section of the next column that can be only one field."""
    for stack in stacks:
        names = {name for text in stack for name in _candidates(text)}
        if len(names) == 1 and (name := names.pop()) in fields():
            return fields()[name].section
    return ""


def _section(name: str) -> str:
    return fields()[name].section if name in fields() else _PERSON


def _of_name(text: str) -> list[Doubt]:
    """What is odd about a machine name."""
    last = text.rpartition("/")[2]
    name = by_name().get(folded(last), "")
    if not name or "_" not in last:
        return []
    if "traffickinstatus" in folded(last):
        return [Doubt.MISSPELT]
    return [] if last == name else [Doubt.OTHER_NAME]


def _of_field(name: str) -> list[Doubt]:
    field = fields().get(name)
    return [Doubt.DEPRECATED] if field is not None and field.is_deprecated else []


def _of_unknown(heading: str, choice: tuple[str, str] | None) -> list[Doubt]:
    if choice is not None:
        return []
    return [Doubt.UNKNOWN_COLUMN if heading else Doubt.NO_HEADING]


def _choice(heading: str) -> tuple[str, str] | None:
    """The field and value of a column such as vic_Methods_of_Control/DebtBondage."""
    before, _slash, last = heading.rpartition("/")
    name = next(iter(_candidates(before)), "") if before else ""
    if name not in fields():
        return None
    value = next((one for one, _label in fields()[name].choices if folded(one) == folded(last)), "")
    return (name, value) if value else None


def _beyond(heading: str, taken: set[str]) -> str:
    name = heading[:_LONGEST]
    name = name if name.startswith(BEYOND) else BEYOND + name
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _is_known(cell: str) -> bool:
    text = _clean(cell)
    return bool(text) and (
        text.startswith(BEYOND) or bool(_candidates(text)) or _choice(text) is not None
    )


def _clean(cell: str) -> str:
    return " ".join(cell.split())

"""The 83 fields of the standard, under every name they are known to bear.

Columns are known by what stands in their heading when letters and figures alone are compared: a
trailing blank, a no-break space, an underscore or a capital letter make no other column.
"""

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

BEYOND = "x_"
"""How the name of a column begins that the standard does not have."""

NAME_AS_GIVEN = "x_NameAsGiven"


class Kind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    NUMBER = "number"
    CHECKBOX = "checkbox"
    ONE = "one"
    MANY = "many"
    LOOKUP = "lookup"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its machine name, what forms call it, and what may stand in it."""

    name: str
    label: str
    section: str
    kind: Kind
    is_core: bool
    is_deprecated: bool
    also: tuple[str, ...]  # other machine names: of the XLSForm, and misspelt ones
    choices: tuple[tuple[str, str], ...]  # value and label; empty: anything

    @property
    def takes_several(self) -> bool:
        """Whether several values stand in one cell."""
        return self.kind is Kind.MANY


@dataclass(frozen=True, slots=True)
class Extension:
    """A column of ours for what the standard cannot say, and why there is one."""

    name: str
    label: str
    why: str


def folded(words: str) -> str:
    """Letters and figures alone, without regard to capitals, marks and blanks."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


@cache
def fields() -> dict[str, Field]:
    """Every field of the standard by its machine name, in the standard's order."""
    return {row["name"]: _field(row) for row in _data()["fields"]}


@cache
def extensions() -> dict[str, Extension]:
    """The columns of ours by name."""
    rows = (Extension(**row) for row in _data()["extensions"])
    return {row.name: row for row in rows}


@cache
def by_name() -> dict[str, str]:
    """Folded machine name, of whichever form of the standard → machine name."""
    return {
        folded(name): field.name
        for field in fields().values()
        for name in (*field.also, field.name)
    }


@cache
def by_label() -> dict[str, tuple[str, ...]]:
    """Folded label → machine names: three fields are called Type, three Longitude."""
    return _gathered((field.label, field.name) for field in fields().values())


@cache
def by_heading() -> dict[str, tuple[str, ...]]:
    """Folded heading as people write it in English, Swahili, Arabic and French → name."""
    read = json.loads(files("nyumbani.domain.htcds").joinpath("headings.json").read_text("utf-8"))
    return _gathered((words, name) for name, known in read.items() for words in known)


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for words, name in pairs:
        found[folded(words)] = (*found.get(folded(words), ()), name)
    return found


@cache
def _data() -> Any:  # noqa: ANN401 - JSON
    text = files("nyumbani.domain.htcds").joinpath("fields.json").read_text("utf-8")
    return json.loads(text)


def _field(row: dict[str, Any]) -> Field:
    return Field(
        name=row["name"], label=row["label"], section=row["section"], kind=Kind(row["kind"]),
        is_core=row.get("core", False), is_deprecated=row.get("deprecated", False),
        also=tuple(row.get("also", ())),
        choices=tuple((value, label) for value, label in row.get("choices", ())),
    )  # fmt: skip

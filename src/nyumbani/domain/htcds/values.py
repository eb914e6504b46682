"""What stands in a cell of a pick-list: the standard's values as far as they are known.

The cell stays as it was given; this only says what it means and what is odd about it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nyumbani.domain.htcds.doubts import Doubt, Noted
from nyumbani.domain.htcds.fields import Field, fields, folded

_UNLISTED = {"restrictsmovement": "RestrictsMovement", "useschildren": "UsesChildren"}
_UNDEFINED = {"ThreatensChildrenFamily", "PhysicalThreats"}
_CONTROL = "vic_MethodsOfControl"
_CITIZENSHIP = "prs_Citizenship"
_SEVERAL = re.compile(r"[;\n|]")
_CODES = re.compile(r"\w+(?: +\w+)*")


@dataclass(frozen=True, slots=True)
class Meaning:
    """The standard's values in a cell, what else stands in it, and what is odd."""

    values: tuple[str, ...]
    beyond: tuple[str, ...]  # what the standard has no value for, as given
    noted: tuple[Noted, ...]


def meaning(field: Field, cell: str) -> Meaning:
    """What a cell of this field says."""
    noted: list[Noted] = []
    parts = _parts(field, cell)
    if field.name == _CITIZENSHIP and len(parts) > 1:
        noted.append(Noted(Doubt.SEVERAL_CITIZENSHIPS, field.label, cell))
    if not field.choices:
        return Meaning(tuple(parts), (), tuple(noted))
    whole = _SEVERAL.split(cell) if field.takes_several else [cell]
    if any(part != part.strip() for part in whole):
        noted.append(Noted(Doubt.BLANK_AT_END, field.label, cell))
    known = _known(field)
    values: list[str] = []
    beyond: list[str] = []
    for part in parts:
        value = known.get(folded(part), "")
        (values if value else beyond).append(value or part)
        doubt = _of_value(field, value)
        if doubt:
            noted.append(Noted(doubt, field.label, part))
    return Meaning(tuple(values), tuple(beyond), tuple(noted))


def for_standard(name: str, values: Sequence[str]) -> tuple[str, str]:
    """What may stand in a field, and what must stand beyond the standard: two cells."""
    field = fields()[name]
    found = [meaning(field, value) for value in values]
    said = [value for one in found for value in one.values]
    beyond = [value for one in found for value in one.beyond]
    if not field.takes_several:
        said, beyond = said[:1], [*said[1:], *beyond]
    return ";".join(said), ";".join(beyond)


def _parts(field: Field, cell: str) -> list[str]:
    if not (field.takes_several and cell.strip()):
        return [cell.strip()] if cell.strip() else []
    parts = [part.strip() for part in _SEVERAL.split(cell) if part.strip()]
    if len(parts) == 1 and field.choices:
        return _spaced(field, parts[0])
    return parts


def _spaced(field: Field, cell: str) -> list[str]:
    """The choices of an XLSForm stand in one cell with blanks between them."""
    known = _known(field)
    words = cell.split()
    if folded(cell) in known or not _CODES.fullmatch(cell):
        return [cell]
    return words if all(folded(word) in known for word in words) else [cell]


def _known(field: Field) -> dict[str, str]:
    known = {folded(label): value for value, label in field.choices}
    known |= {folded(value): value for value, _label in field.choices}
    return known | _UNLISTED if field.name == _CONTROL else known


def _of_value(field: Field, value: str) -> Doubt | None:
    if not value:
        return Doubt.UNKNOWN_VALUE
    if field.name != _CONTROL:
        return None
    if value in _UNLISTED.values():
        return Doubt.NOT_LISTED
    return Doubt.NOT_DEFINED if value in _UNDEFINED else None

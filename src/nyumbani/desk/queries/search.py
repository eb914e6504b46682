"""Jump anywhere: what fits the words somebody remembers, of what they may know."""

import re
from dataclasses import dataclass

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.inbox.channels import registry
from nyumbani.kit.digits import plain
from nyumbani.people import queries as people
from nyumbani.people.models import Person
from nyumbani.people.queries import Reach

MOST = 20
"""How many pages a jump offers."""

# Longer runs of digits are telephone numbers.
_NUMBERED = re.compile(r"(?:(NYB|P)\s*-?\s*)?(\d{1,6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Destination:
    """A page that fits what somebody jumped to."""

    page: str  # the name of its address
    pk: str
    label: str  # NYB-7, P-12
    name: str


def destinations(viewer: Viewer, words: str) -> list[Destination]:
    """The cases and people that fit: by number first, else by telephone number, else by name."""
    words = plain(words).strip()
    numbered = _NUMBERED.fullmatch(words)
    if numbered:
        return _numbered(viewer, (numbered[1] or "").upper(), int(numbered[2]))
    digits = re.sub(r"[\s().+-]", "", words)
    if digits.isdecimal():
        ids = people.who_has(viewer, _reach(digits))
    else:
        ids = people.called_like(viewer, cases.people(viewer), words)
    return _people(viewer, list(cases.people(viewer).filter(pk__in=ids)[:MOST]))


def _numbered(viewer: Viewer, kind: str, number: int) -> list[Destination]:
    case = cases.case_numbered(viewer, number) if kind != "P" else None
    person = cases.person_numbered(viewer, number) if kind != "NYB" else None
    fitting = [Destination("desk:case", case.pk, str(case), case.title)] if case else []
    return fitting + _people(viewer, [person] if person else [])


def _people(viewer: Viewer, known: list[Person]) -> list[Destination]:
    called = people.names_of(viewer, known)
    return [
        Destination("desk:person", one.person_id, one.label, one.name) for one in called.values()
    ]


def _reach(digits: str) -> list[Reach]:
    """Everywhere people are known by a number, with and without the plus."""
    numbered = [one for one in map(registry.channel, registry.kinds()) if one.numbers]
    return [
        Reach(one.kind, kind, value)
        for one in numbered
        for kind in one.numbers
        for value in (digits, f"+{digits}")
    ]

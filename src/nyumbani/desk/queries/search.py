"""Jump anywhere: what fits the words somebody remembers, of what they may know."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.inbox.channels import registry
from nyumbani.kit.digits import plain
from nyumbani.people import queries as people
from nyumbani.people.models.persons import Person
from nyumbani.people.queries import Reach

MOST = 20
"""How many pages a jump offers."""

# Where women are, where they come from and on the way: how numbers are dialled there.
_REGIONS = (
    "LY", "KE", "ET", "UG", "TZ", "RW", "BI", "SD", "SS", "SO", "DJ", "ER", "NG", "GH", "CM", "EG",
    "TN", "DZ", "MA", "SA", "AE", "QA", "KW", "BH", "OM", "JO", "LB", "IQ", "SY", "YE", "TR", "CY",
    "IT", "GR", "ES", "DE", "GB", "TH", "MM", "IN", "MY", "PH", "US",
)  # fmt: skip

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
    digits = re.sub(r"[\s().+/-]", "", words)
    if digits.isdecimal():
        ids = people.who_has(viewer, _reach(_written_out(digits)))
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


def _written_out(digits: str) -> set[str]:
    """This number with its country in front: as it stands, or dialled from where women may be.

    Numbers are found by their exact digest, so "0910000001" has to be written out as each of these
    countries would.
    """
    found = {digits, digits.removeprefix("00")}
    for region in _REGIONS:
        try:
            number = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            found.add(phonenumbers.format_number(number, PhoneNumberFormat.E164).lstrip("+"))
    return found


def _reach(numbers: Iterable[str]) -> list[Reach]:
    """Everywhere people are known by one of these numbers, with and without the plus."""
    numbered = [one for one in map(registry.channel, registry.kinds()) if one.numbers]
    return [
        Reach(one.kind, kind, value)
        for one in numbered
        for kind in one.numbers
        for digits in sorted(numbers)
        for value in (digits, f"+{digits}")
    ]

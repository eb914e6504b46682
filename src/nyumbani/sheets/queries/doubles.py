"""Whom a line of a list may be: proposed with its reason in words; a person decides.

Only people whom the viewer may know of are proposed. A number or a name alone merges nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.inbox.channels import registry
from nyumbani.people import queries as people
from nyumbani.people.queries import Called, Reach
from nyumbani.sheets.lines import DOCUMENT, Line

MOST_PROPOSED = 3
"""How many people are proposed for one line: of more, nobody can choose at a glance."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody whom a line may be about, and why."""

    person: Called
    why: str


def proposals(viewer: Viewer, lines: Sequence[Line]) -> dict[str, list[Proposal]]:
    """By digest of a line, who it may be; as many queries for a thousand lines as for one."""
    found: dict[str, dict[str, str]] = {}
    for digest, person_id, why in _by_reach(viewer, lines):
        found.setdefault(digest, {}).setdefault(person_id, why)
    names = [line.told.called for line in lines if line.told.called]
    alike = people.called_exactly(viewer, cases.people(viewer), names)
    for line in lines:
        for person_id in alike.get(line.told.called, []):
            found.setdefault(line.digest, {}).setdefault(person_id, _("She is called so."))
    ids = {person_id for one in found.values() for person_id in one}
    known = people.names_of(viewer, cases.people(viewer).filter(pk__in=ids))
    return {
        digest: [
            Proposal(known[person_id], why) for person_id, why in one.items() if person_id in known
        ][:MOST_PROPOSED]
        for digest, one in found.items()
    }


def _by_reach(viewer: Viewer, lines: Sequence[Line]) -> list[tuple[str, str, str]]:
    asked = [(one.digest, line.digest, one) for line in lines for one in _everywhere(line)]
    found: list[tuple[str, str, str]] = []
    for at in range(0, len(asked), 500):
        some = asked[at : at + 500]
        owners = people.owners_of(viewer, cases.people(viewer), [one[0] for one in some])
        found += [
            (digest, owners[mark], _why(reach)) for mark, digest, reach in some if mark in owners
        ]
    return found


def _everywhere(line: Line) -> list[Reach]:
    """Her numbers and papers, and wherever people are known by a number."""
    numbered = [one for one in map(registry.channel, registry.kinds()) if one.numbers]
    return line.reaches + [
        Reach(one.kind, kind, value)
        for one in numbered
        for kind in one.numbers
        for number in line.told.numbers
        for value in (number, number.lstrip("+"))
    ]


def _why(reach: Reach) -> str:
    if reach.kind == DOCUMENT:
        return _("This paper is hers.")
    return _("This number reaches her.")

"""Who is who in a chat: what was said, and what may be proposed, with its reason in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.chats.models import Chat, ChatSender
from nyumbani.chats.queries import senders
from nyumbani.inbox.channels import registry
from nyumbani.people import queries as people
from nyumbani.people.queries import Called, Reach

MOST_PROPOSED = 3
"""How many people are proposed for one name: of more, nobody can choose at a glance."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody whom a sender may be, and why; a person decides."""

    person: Called
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of a chat."""

    sender: ChatSender
    is_told: bool
    person: Called | None  # whom it was said to be, where the viewer may know of her
    proposals: tuple[Proposal, ...]


def roster(viewer: Viewer, chat: Chat) -> list[Entry]:
    """Everybody who wrote in a chat, who wrote most first."""
    rows = list(senders(viewer, chat))
    proposed = _proposed(viewer, [row for row in rows if row.person_id is None])
    met = {row.person_id for row in rows if row.person_id} | {
        person_id for one in proposed.values() for person_id in one
    }
    known = called(viewer, met)
    return [
        Entry(
            row, row.person_id is not None, known.get(row.person_id or ""),
            tuple(
                Proposal(known[person_id], why)
                for person_id, why in list(proposed.get(row.pk, {}).items())[:MOST_PROPOSED]
            ),
        )
        for row in rows
    ]  # fmt: skip


def called(viewer: Viewer, person_ids: set[str]) -> dict[str, Called]:
    """What these people are called, of whom the viewer may know."""
    return people.names_of(viewer, cases.people(viewer).filter(pk__in=person_ids))


def _proposed(viewer: Viewer, rows: Sequence[ChatSender]) -> dict[str, dict[str, str]]:
    """For each sender, by person, why she may be it; what a number says comes first."""
    found: dict[str, dict[str, str]] = {row.pk: {} for row in rows}
    for pk, person_id in _by_number(viewer, rows):
        found[pk][person_id] = _("This number reaches her.")
    names = {row.pk: row.name.lstrip("~ ") for row in rows if not row.number}
    alike = people.called_exactly(viewer, cases.people(viewer), names.values())
    for pk, name in names.items():
        for person_id in alike.get(name, []):
            found[pk].setdefault(person_id, _("She is called so."))
    return found


def _by_number(viewer: Viewer, rows: Sequence[ChatSender]) -> list[tuple[str, str]]:
    """Whose numbers these are, where the viewer may know of her."""
    asked = [(reach.digest, row.pk) for row in rows if row.number for reach in _reaches(row.number)]
    if not asked:
        return []
    owners = people.owners_of(viewer, cases.people(viewer), [digest for digest, _pk in asked])
    return [(pk, owners[digest]) for digest, pk in asked if digest in owners]


def _reaches(number: str) -> list[Reach]:
    """Everywhere people are known by a number, with and without the plus."""
    numbered = [one for one in map(registry.channel, registry.kinds()) if one.numbers]
    return [
        Reach(one.kind, kind, value)
        for one in numbered
        for kind in one.numbers
        for value in (number, number.lstrip("+"))
    ]

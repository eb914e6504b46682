"""Conversations that are shown as one, for whoever may read them."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.db.models import Q

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.joins import Join
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.permissions import threads_open_to
from nyumbani.inbox.together import main_of, together
from nyumbani.people.agreed import Agreed
from nyumbani.people.models import Pair, Person
from nyumbani.people.queries import safe_contact_of
from nyumbani.people.terms import PairStanding

Joined: TypeAlias = Join


def shown_in(viewer: Viewer, thread: Conversation) -> Conversation:
    """The conversation this one is shown in, if the viewer may read that; else itself."""
    if thread.joined_to_id is None:
        return thread
    main = main_of(thread)
    is_open = Conversation.objects.filter(threads_open_to(viewer), pk=main.pk).exists()
    return main if is_open else thread


def conversations_in(viewer: Viewer, thread: Conversation) -> list[Conversation]:
    """What is shown in a conversation, itself first; of those joined, what the viewer may read."""
    here = Q(pk=thread.pk)
    if thread.joined_to_id is None:
        here |= Q(joined_to=thread.pk)
    rows = Conversation.objects.filter(threads_open_to(viewer), here).select_related("person")
    return sorted(rows, key=lambda row: (row.pk != thread.pk, row.pk))


def stands_in(viewer: Viewer, message: Message, thread: Conversation) -> bool:
    """Whether a message is shown in this conversation."""
    return any(one.pk == message.conversation_id for one in conversations_in(viewer, thread))


def may_write_to(viewer: Viewer, thread: Conversation) -> bool:
    """Whether the viewer may write here: to everybody whose conversations are shown as one."""
    return all(cases.may_write_about(viewer, one.person) for one in together(thread))


def may_override_for(viewer: Viewer, thread: Conversation) -> bool:
    """Whether the viewer may let words leave against what was agreed, on each of her telephones."""
    return all(cases.may_override(viewer, one.person) for one in together(thread))


def joins_in(viewer: Viewer, thread: Conversation) -> list[Join]:
    """What was joined to a conversation and stands, the newest first."""
    rows = Join.objects.filter(main=thread, undone_at=None).filter(_both_known(viewer))
    return list(rows.select_related("joined__person", "main__person", "by"))


def join(viewer: Viewer, join_id: str) -> Join | None:
    """One join, undone or not, if the viewer may read both its sides."""
    rows = Join.objects.filter(_both_known(viewer), pk=join_id)
    return rows.select_related("main__person", "joined__person").first()


def to_join(viewer: Viewer, number: int) -> Conversation | None:
    """The conversation with the person of this number, to be joined; None if there is none."""
    rows = Conversation.objects.filter(threads_open_to(viewer), person__number=number)
    return rows.select_related("person").first()


def joinable(viewer: Viewer, pairs: Iterable[Pair]) -> set[int]:
    """Those of these pairs that are one person and have two conversations shown apart."""
    same = [pair for pair in pairs if pair.standing == PairStanding.SAME]
    if not same:
        return set()
    people = {side for pair in same for side in (pair.left_id, pair.right_id)}
    rows = Conversation.objects.filter(threads_open_to(viewer), person__in=people)
    shown = {row.person_id: row.joined_to_id or row.pk for row in rows}
    return {
        pair.pk
        for pair in same
        if pair.left_id in shown
        and pair.right_id in shown
        and shown[pair.left_id] != shown[pair.right_id]
    }


def joined_people(viewer: Viewer, threads: Iterable[str]) -> dict[str, list[Person]]:
    """Whose conversations are shown inside each of these, by the id of the main one."""
    rows = Conversation.objects.filter(threads_open_to(viewer), joined_to__in=list(threads))
    found: dict[str, list[Person]] = {}
    for row in rows.select_related("person"):
        found.setdefault(row.joined_to_id or "", []).append(row.person)
    return found


def clocks_of(
    viewer: Viewer, here: Sequence[Conversation], first: Agreed | None = None
) -> dict[str, ZoneInfo]:
    """The zones agreed on with those whose conversations these are, by person.

    `first` is what was agreed with the first of them, where it is known already.
    """
    known = {one.person_id: first for one in here[:1] if first is not None}
    for one in here:
        if one.person_id not in known:
            known[one.person_id] = safe_contact_of(viewer, one.person)
    return {key: agreed.rule.zone for key, agreed in known.items() if agreed.agreed_at}


def shown_alone(viewer: Viewer) -> Q:
    """Conversations with a row of their own: not joined, or to one the viewer may not read."""
    return Q(joined_to=None) | ~threads_open_to(viewer, "joined_to__person")


def _both_known(viewer: Viewer) -> Q:
    return threads_open_to(viewer, "main__person") & threads_open_to(viewer, "joined__person")

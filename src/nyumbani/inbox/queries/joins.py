"""Conversations that are shown as one, for whoever may read them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.cases.permissions import people_joined_to
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.joins import Join
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.permissions import threads_open_to
from nyumbani.inbox.together import main_of, together
from nyumbani.people.agreed import Agreed
from nyumbani.people.models.pairs import Pair
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
    rows = Conversation.objects.filter(threads_open_to(viewer), here)
    shown = rows.select_related("person", "owner")
    return sorted(shown, key=lambda row: (row.pk != thread.pk, row.pk))


def stands_in(viewer: Viewer, message: Message, thread: Conversation) -> bool:
    """Whether a message is shown in this conversation."""
    return any(one.pk == message.conversation_id for one in conversations_in(viewer, thread))


def theirs(
    viewer: Viewer, thread: Conversation, hers: Sequence[Conversation] | None = None
) -> list[Conversation]:
    """In which of the conversations that are shown as one the viewer may write, the main first.

    Whoever may not write in the main one has a joined one for itself. `hers`: all of them, where
    they are known already.
    """
    all_hers = together(thread) if hers is None else hers
    rows = Conversation.objects.filter(
        people_joined_to(viewer, "person"), pk__in=[one.pk for one in all_hers]
    )
    may = set(rows.order_by().values_list("pk", flat=True))
    if thread.pk != all_hers[0].pk and all_hers[0].pk not in may:
        may &= {thread.pk}
    return [one for one in all_hers if one.pk in may]


def may_override_for(viewer: Viewer, thread: Conversation) -> bool:
    """Whether the viewer may let words leave against what was agreed, on each of her telephones.

    What was agreed in a part they may not read is nothing they may pass over.
    """
    return all(cases.may_override(viewer, one.person) for one in together(thread))


def joins_in(viewer: Viewer, thread: Conversation) -> list[Join]:
    """What was joined to a conversation and stands, the newest first."""
    rows = Join.objects.filter(main=thread, undone_at=None).filter(_both_known(viewer))
    return list(rows.select_related("joined__person", "main__person", "by"))


def unread_in(viewer: Viewer, thread: Conversation) -> list[str]:
    """The joins, as ids, that put it together with one the viewer may not read.

    That there is one is told, and nothing else of it.
    """
    here = Join.objects.filter(Q(main=thread) | Q(joined=thread), undone_at=None)
    if not viewer.may_read_cases:
        return []
    return list(here.exclude(_both_known(viewer)).order_by("pk").values_list("pk", flat=True))


def join(viewer: Viewer, join_id: str) -> Join | None:
    """One join, undone or not, if the viewer may read one of its sides."""
    either = threads_open_to(viewer, "main__person") | threads_open_to(viewer, "joined__person")
    rows = Join.objects.filter(either, pk=join_id)
    return rows.select_related("main__person", "joined__person").first()


def sides_read(viewer: Viewer, row: Join) -> list[Conversation]:
    """The sides of a join that the viewer may read, the main one first."""
    rows = Conversation.objects.filter(
        threads_open_to(viewer), pk__in=[row.main_id, row.joined_id]
    ).select_related("person")
    return sorted(rows, key=lambda one: one.pk != row.main_id)


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


def parts_of(viewer: Viewer, threads: Iterable[str]) -> dict[str, list[Conversation]]:
    """What is shown inside each of these, by the id of the main one; what the viewer may read."""
    rows = Conversation.objects.filter(threads_open_to(viewer), joined_to__in=list(threads))
    found: dict[str, list[Conversation]] = {}
    for row in rows.select_related("person", "owner").order_by("pk"):
        found.setdefault(row.joined_to_id or "", []).append(row)
    return found


def rows_over(
    viewer: Viewer,  # noqa: ARG001 - of what was found for them
    threads: Iterable[Conversation],
    inside: Mapping[str, Sequence[Conversation]],
) -> dict[str, str]:
    """In which of these rows each conversation is shown, as ids: itself, and what is inside it."""
    found = {}
    for thread in threads:
        for one in (thread, *inside.get(thread.pk, ())):
            found[one.pk] = thread.pk
    return found


def holding(viewer: Viewer, wanted: Q) -> Q:
    """Conversations of which this holds, or of one shown in them that the viewer may read."""
    own = Conversation.objects.filter(wanted).order_by().values("pk")
    return Q(pk__in=own.union(mains_of(viewer, wanted), all=True))


def mains_of(viewer: Viewer, wanted: Q) -> QuerySet[Conversation, Any]:
    """The ids of those in which a conversation is shown of which this holds."""
    # Nearly none is joined: these are found by their index, which "is not null" would not use.
    parts = Conversation.objects.filter(wanted, threads_open_to(viewer), joined_to__gt="")
    return parts.order_by().values("joined_to")


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
    # Asked of the few that are joined, one by one: no table is joined to all the others for them.
    read = Conversation.objects.filter(threads_open_to(viewer), pk=OuterRef("joined_to"))
    unread = IsNull(Subquery(read.order_by().values("pk")[:1]), rhs=True)
    return Q(joined_to=None) | Q(unread)


def _both_known(viewer: Viewer) -> Q:
    return threads_open_to(viewer, "main__person") & threads_open_to(viewer, "joined__person")

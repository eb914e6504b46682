"""Who wrote what on a shared telephone, and of whom a message speaks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.inbox.models.attribution import MessagePerson
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.permissions import threads_open_to
from nyumbani.inbox.terms import Share, Way
from nyumbani.people import queries as people
from nyumbani.people.models.persons import Person
from nyumbani.people.queries import Called

MOST_ENDS = 100
"""How many later messages are offered as the end of a stretch."""


@dataclass(frozen=True, slots=True)
class Whose:
    """What staff said of one message: who wrote it, if not whose telephone it is, and about whom.

    Somebody the viewer may not know of is called by her number alone.
    """

    writer: Called | None = None
    about: tuple[Called, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was said at once of some messages, and can be taken back at once."""

    act: str
    share: Share
    called: tuple[Called, ...]
    messages: int
    said: MessagePerson  # by whom and when


def whose(viewer: Viewer, found: Sequence[Message]) -> dict[str, Whose]:
    """What was said of these messages, by message; as many queries for fifty as for one."""
    if not viewer.may_read_cases:
        return {}
    rows = MessagePerson.objects.filter(message__in=[one.pk for one in found], undone_at=None)
    said = list(rows.select_related("person").order_by("id"))
    called = _called(viewer, [row.person for row in said])
    writers = {row.message_id: called[row.person_id] for row in said if row.share == Share.WRITER}
    about: dict[str, dict[str, Called]] = {}
    for row in said:
        if row.share == Share.ABOUT:
            about.setdefault(row.message_id, {})[row.person_id] = called[row.person_id]
    return {
        key: Whose(writers.get(key), tuple(about.get(key, {}).values()))
        for key in {row.message_id for row in said}
    }


def acts_on(viewer: Viewer, message: Message) -> list[Act]:
    """What was said of one message and stands, the newest first."""
    if not viewer.may_read_cases:
        return []
    rows = MessagePerson.objects.filter(message=message, undone_at=None)
    said = list(rows.select_related("person", "by").order_by("-id"))
    called = _called(viewer, [row.person for row in said])
    sizes = _sizes(row.act for row in said)
    acts = {row.act: row for row in said}
    return [
        Act(
            key, Share(row.share),
            tuple(called[one.person_id] for one in said if one.act == key), sizes[key], row,
        )
        for key, row in acts.items()
    ]  # fmt: skip


def telephone_of(viewer: Viewer, act: str) -> Person | None:
    """On whose telephone something was said, if the viewer may read her thread."""
    row = (
        MessagePerson.objects.filter(threads_open_to(viewer, "message__conversation__person"))
        .filter(act=act)
        .select_related("message__conversation__person")
        .first()
    )
    return row.message.conversation.person if row else None


def writers_on(viewer: Viewer, here: Sequence[Conversation]) -> list[Called]:
    """Who else writes on the telephone, or telephones, of these conversations."""
    owners = [one.person_id for one in here]
    keys = (
        _writers().filter(message__conversation__in=here).exclude(person__in=owners)
        .order_by().values_list("person", flat=True).distinct()
    )  # fmt: skip
    found = list(keys)
    rows = list(Person.objects.filter(pk__in=found).order_by("number")) if found else []
    return list(_called(viewer, rows).values())


def writers_by_thread(viewer: Viewer, threads: Iterable[Conversation]) -> dict[str, list[Called]]:
    """Who else writes on each of these telephones, by thread; three queries for a whole list."""
    rows = (
        _writers().filter(message__conversation__in=[one.pk for one in threads])
        .exclude(person=F("message__conversation__person"))
        .order_by("person__number").values_list("message__conversation", "person").distinct()
    )  # fmt: skip
    pairs = [(thread, person) for thread, person, *_ in rows]
    if not pairs or not viewer.may_read_cases:
        return {}
    known = Person.objects.filter(pk__in={person for _, person in pairs})
    called = _called(viewer, list(known))
    found: dict[str, list[Called]] = {}
    for thread, person in pairs:
        found.setdefault(thread, []).append(called[person])
    return found


def elsewhere(viewer: Viewer, person: Person) -> QuerySet[Message]:
    """Messages on other people's telephones that she wrote or that speak of her, newest first.

    Each once, and only on telephones whose threads the viewer may read.
    """
    wrote = _writers().filter(message=OuterRef("pk"), person=person)
    about = MessagePerson.objects.filter(
        message=OuterRef("pk"), person=person, share=Share.ABOUT, undone_at=None
    )
    return (
        Message.objects.filter(threads_open_to(viewer, "conversation__person"))
        .filter(Exists(wrote.order_by()) | Exists(about.order_by()))
        .exclude(conversation__person=person)
        .select_related("account", "written_by", "conversation__person")
    )


def written_by_any(viewer: Viewer, who: Any) -> Q:  # noqa: ANN401 - a subquery has no nameable type
    """Messages that one of these people wrote on somebody's telephone; a subquery of their ids."""
    wrote = _writers().filter(message=OuterRef("pk"), person__in=who).order_by()
    return Q(Exists(wrote)) if viewer.may_read_cases else Q(pk__in=[])


def counts_elsewhere(viewer: Viewer, person_ids: Iterable[str]) -> dict[str, int]:
    """How many messages each of these people wrote on other people's telephones; one query."""
    rows = (
        _writers()
        .filter(threads_open_to(viewer, "message__conversation__person"))
        .filter(person__in=list(person_ids))
        .exclude(person=F("message__conversation__person"))
        .order_by()
        .values("person")
        .annotate(count=Count("message", distinct=True))
    )
    return {row["person"]: row["count"] for row in rows}


def ends_after(viewer: Viewer, message: Message) -> list[Message]:
    """What she sent from this message on, itself first: where a stretch may end."""
    rows = Message.objects.filter(
        threads_open_to(viewer, "conversation__person"),
        conversation=message.conversation_id, way=Way.IN, sent_at__gte=message.sent_at,
    ).order_by("sent_at", "place", "pk")  # fmt: skip
    at = (message.sent_at, message.place, message.pk)
    later = [row for row in rows[: MOST_ENDS * 2] if (row.sent_at, row.place, row.pk) > at]
    return [message, *later[:MOST_ENDS]]


def standing_writers(viewer: Viewer) -> QuerySet[MessagePerson]:  # noqa: ARG001 - to be narrowed
    """Who wrote each message, if not whose telephone it is; for lists that say who may read it."""
    return _writers()


def _writers() -> QuerySet[MessagePerson]:
    """Who wrote each message, as it was said last and not taken back."""
    later = MessagePerson.objects.filter(
        message=OuterRef("message"), share=Share.WRITER, undone_at=None, pk__gt=OuterRef("pk")
    )
    rows = MessagePerson.objects.filter(share=Share.WRITER, undone_at=None)
    return rows.filter(~Exists(later.order_by()))


def _sizes(acts: Iterable[str]) -> dict[str, int]:
    rows = MessagePerson.objects.filter(act__in=list(acts), undone_at=None).order_by()
    counted = rows.values("act").annotate(count=Count("message", distinct=True))
    return {row["act"]: row["count"] for row in counted}


def _called(viewer: Viewer, rows: Sequence[Person]) -> dict[str, Called]:
    """What each is called, as far as the viewer may know her: else by her number alone."""
    if not rows:
        return {}
    known = cases.people(viewer).filter(pk__in=[row.pk for row in rows])
    named = people.names_of(viewer, known)
    return {row.pk: named.get(row.pk) or Called(row.pk, str(row), "", "") for row in rows}

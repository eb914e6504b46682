"""What calls for the viewer's attention, what was laid aside, and who else is here."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.members import Member
from nyumbani.cases.terms import Stage, Urgency
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.attention import Mention, Presence, Snooze
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.permissions import threads_open_to
from nyumbani.inbox.terms import Way
from nyumbani.inbox.together import shown_under
from nyumbani.kit import clock

_NAMED = re.compile(r"(?<![\w@.])@([\w.+-]+)")

# An answer through the one they are shown in is an answer to her.
_ANSWERED = Q(conversation__answered_at__gt=F("until")) | Q(
    conversation__joined_to__gt="", conversation__joined_to__answered_at__gt=F("until")
)

HERE = dt.timedelta(seconds=40)
"""Who was not heard of for longer has left the page: a page asks every fifteen seconds."""


@dataclass(frozen=True, slots=True)
class Here:
    """A colleague who has a conversation open too."""

    staff_id: str
    display_name: str
    is_writing: bool


def mentioning(viewer: Viewer) -> QuerySet[Mention, str]:
    """Conversations, as ids, with a note that names the viewer and that they have not seen.

    Of a note in one that is joined, that one's and the main one's: it has a row, or the other has.
    """
    hers = threads_open_to(viewer, "note__conversation__person")
    rows = Mention.objects.filter(hers, staff=viewer.staff_id, seen_at=None).order_by()
    own = rows.values_list("note__conversation", flat=True)
    return own.union(rows.values_list(_main("note__conversation"), flat=True))


def mentions(viewer: Viewer) -> QuerySet[Mention]:
    """Notes that name the viewer, not seen yet, in conversations they may read; oldest first."""
    readable = Conversation.objects.filter(threads_open_to(viewer))
    return (
        Mention.objects.filter(
            staff=viewer.staff_id, seen_at=None, note__conversation__in=readable
        )
        .select_related("note", "note__written_by", "note__conversation__person")
        .order_by("at", "id")
    )  # fmt: skip


def colleagues_named(viewer: Viewer, text: str) -> tuple[list[Staff], list[str]]:
    """Whom a note names with "@", and which of these names are nobody's sign-in name here."""
    names = list(dict.fromkeys(name.rstrip(".").lower() for name in _NAMED.findall(text)))
    if not names or not viewer.may_read_cases:
        return [], []
    rows = {row.username: row for row in Staff.objects.filter(username__in=names, is_active=True)}
    return list(rows.values()), [name for name in names if name not in rows]


def may_be_told(viewer: Viewer, thread: Conversation) -> bool:
    """Whether this colleague may read the conversation anyway; a mention opens nothing."""
    return Conversation.objects.filter(threads_open_to(viewer), pk=thread.pk).exists()


def come_back(viewer: Viewer) -> Q:
    """Conversations whose time has come and that nobody has answered since; or of one in them."""
    due = _laid_aside().filter(until__lte=clock.now()).exclude(_ANSWERED).order_by()
    inside = due.filter(
        threads_open_to(viewer, "conversation__person"), conversation__joined_to__gt=""
    )
    return Q(pk__in=due.values("conversation")) | Q(
        pk__in=inside.values("conversation__joined_to")
    )  # fmt: skip


def snoozes_of(
    viewer: Viewer, threads: Sequence[Conversation], under: Mapping[str, str] | None = None
) -> dict[str, Snooze]:
    """Until when each of these is laid aside, or was and has come back; by whom.

    `under` says in which row conversations are shown that are joined: the first to come back tells.
    """
    if not threads or not viewer.may_read_cases:
        return {}
    keys = {one.pk: one.pk for one in threads} if under is None else under
    rows = _laid_aside().filter(conversation__in=list(keys)).exclude(_ANSWERED)
    found: dict[str, Snooze] = {}
    for row in rows.select_related("by").order_by("until", "id"):
        found.setdefault(keys[row.conversation_id], row)
    return found


def snooze_of(
    viewer: Viewer, thread: Conversation, shown: Sequence[Conversation] = ()
) -> Snooze | None:
    """The same of one conversation; `shown` are those shown as one with it."""
    under = {one.pk: thread.pk for one in (thread, *shown)}
    return snoozes_of(viewer, [thread], under).get(thread.pk)


def next_to_come_back(viewer: Viewer) -> dt.datetime | None:  # noqa: ARG001 - a moment, of nobody
    """When the next of all that is laid aside comes back; None if nothing is."""
    rows = _laid_aside().filter(until__gt=clock.now()).order_by("until")
    return rows.values_list("until", flat=True).first()


def others_here(viewer: Viewer, thread: Conversation) -> list[Here]:
    """Which colleagues have a conversation open at this moment, and who of them is writing."""
    since = clock.now() - HERE
    rows = (
        Presence.objects.filter(conversation=thread, seen_at__gt=since)
        .exclude(staff=viewer.staff_id)
        .select_related("staff")
        .order_by("staff__display_name", "pk")
    )
    return [
        Here(row.staff_id, row.staff.display_name, bool(row.writes_at and row.writes_at > since))
        for row in rows
    ]  # fmt: skip


def newest_answer(viewer: Viewer, thread: Conversation) -> Message | None:
    """What colleagues, not the viewer, last wrote to her; also on our own phone.

    Of conversations that are joined, only in those the viewer may read.
    """
    rows = Message.objects.filter(
        threads_open_to(viewer, "conversation__person"),
        conversation__in=shown_under(thread), way__in=[Way.OUT, Way.ECHO],
    ).exclude(written_by=viewer.staff_id)  # fmt: skip
    return rows.select_related("written_by").order_by("-received_at", "-pk").first()


def _main(path: str) -> Coalesce:
    """The conversation a row stands in, where conversations are joined: the main one."""
    return Coalesce(f"{path}__joined_to", path)


def _laid_aside() -> QuerySet[Snooze]:
    """Laid aside, she has not written since, no alarm and no danger: all of these wake it."""
    silent = Q(conversation__came_at=None) | Q(conversation__came_at__lte=F("at"))
    inside = Conversation.objects.filter(joined_to=OuterRef(OuterRef("conversation"))).order_by()
    hers = (
        Q(conversation=OuterRef("conversation"))
        | Q(conversation__in=inside.values("pk"))
        | Q(conversation=OuterRef("conversation__joined_to"))
    )
    alarm = Alarm.objects.filter(hers, settled_at=None)
    joined = inside.values("person")
    danger = Member.objects.filter(
        Q(person=OuterRef("conversation__person")) | Q(person__in=joined), until=None,
        case__in=Case.objects.filter(urgency=Urgency.NOW).exclude(stage=Stage.CLOSED),
    )  # fmt: skip
    return Snooze.objects.filter(silent, ~Exists(alarm), ~Exists(danger), ended_at=None)

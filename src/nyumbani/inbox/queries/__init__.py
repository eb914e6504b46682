"""Reading the inbox: every read begins with who looks."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeAlias

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.timezone import get_current_timezone

from nyumbani.accounts import queries as staff
from nyumbani.accounts.models import Staff
from nyumbani.accounts.permissions import INBOX_ROLES
from nyumbani.accounts.queries import Colleague
from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.cases.models.case import Case
from nyumbani.cases.permissions import people_open_to
from nyumbani.domain.delivery import IN_DOUBT, ON_ITS_WAY
from nyumbani.domain.triage.terms import Mark
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import JournalEntry, OddItem
from nyumbani.inbox.models.messages import Attachment, Message, MessageFact
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.permissions import threads_open_to
from nyumbani.inbox.queries.attribution import written_by_any
from nyumbani.inbox.queries.conditions import awake
from nyumbani.inbox.queries.joins import conversations_in, shown_alone
from nyumbani.inbox.terms import OVERDUE, WITHDRAWN, Reading, Way
from nyumbani.inbox.together import shown_under
from nyumbani.jobs.permissions import may_oversee
from nyumbani.kit import clock

# Rows as pages hold them: pages never import tables.
Thread: TypeAlias = Conversation
Sent: TypeAlias = Message
Odd: TypeAlias = OddItem


def threads(viewer: Viewer) -> QuerySet[Conversation]:
    """The threads the viewer may read, newest first."""
    return Conversation.objects.filter(threads_open_to(viewer)).select_related("person", "owner")


def waiting_threads(viewer: Viewer) -> QuerySet[Conversation]:
    """Threads in which somebody waits: what seems most urgent first, then the longest wait."""
    rows = threads(viewer).filter(shown_alone(viewer), awake(viewer)).exclude(waiting_since=None)
    sooner = models.Case(
        models.When(mark=Mark.P1, then=0), models.When(mark=Mark.NOT_UNDERSTOOD, then=1), default=2
    )
    return rows.order_by(sooner, "waiting_since", "id")


def thread_with(viewer: Viewer, person_id: str) -> Conversation | None:
    """The thread with one person, if the viewer may read it."""
    return threads(viewer).filter(person=person_id).first()


def messages(viewer: Viewer, thread: Conversation) -> QuerySet[Message]:
    """A thread's messages, newest first; those of one second as they came.

    With those of the conversations joined to it that the viewer may read.
    """
    here = shown_under(thread)
    if len(here) == 1:
        # So written, the database walks its index and stops after a page.
        mine = threads_open_to(viewer, "conversation__person")
        rows = Message.objects.filter(mine, conversation=thread.pk)
    else:
        rows = Message.objects.filter(conversation__in=conversations_in(viewer, thread))
    return rows.select_related("account", "written_by")


def messages_around(viewer: Viewer, thread: Conversation, found: Message) -> QuerySet[Message]:
    """A thread's messages up to ten that follow this one: a page of them shows it among others."""
    rows = messages(viewer, thread)
    after = rows.filter(sent_at__gt=found.sent_at).order_by("sent_at", "pk")
    last = list(after.values_list("sent_at", flat=True)[:10])
    return rows.filter(sent_at__lte=last[-1] if last else found.sent_at)


def messages_in(viewer: Viewer, case: Case) -> QuerySet[Message]:
    """What the people of a case wrote and were written, over all their threads, newest first.

    With what they wrote on telephones of others; each message once.
    """
    people = cases.members(viewer, case).values("person")
    return Message.objects.filter(
        Q(conversation__person__in=people) | written_by_any(viewer, people),
        conversation__in=threads(viewer),
    ).select_related("account", "written_by", "conversation", "conversation__person")


def message(viewer: Viewer, message_id: str) -> Message | None:
    """One message, if the viewer may read its thread."""
    return (
        Message.objects.filter(conversation__in=threads(viewer), pk=message_id)
        .select_related("conversation", "conversation__person", "account")
        .first()
    )


def attempt(viewer: Viewer, attempt_id: str) -> Attempt | None:
    """One attempt to send, if the viewer may read its thread."""
    return (
        Attempt.objects.filter(message__conversation__in=threads(viewer), pk=attempt_id)
        .select_related("message", "message__conversation")
        .first()
    )


def attempts_in_doubt(viewer: Viewer) -> QuerySet[Attempt]:
    """Sendings that failed, are overdue or of which nobody knows, if nothing was written since.

    The longest ago first. Whoever has written again since has seen it in the thread. Overdue is
    what should have left long ago: its job may have stopped, or no worker works.
    """
    late = clock.now() - OVERDUE
    held = Q(held_until__gt=late)  # until her safe time; that is no fault
    overdue = Q(state__in=ON_ITS_WAY, queued_at__lt=late) & ~held
    later = Attempt.objects.filter(message=OuterRef("message"), queued_at__gt=OuterRef("queued_at"))
    return (
        Attempt.objects.filter(
            people_open_to(viewer, "message__conversation__person"),
            Q(state__in=IN_DOUBT) | overdue,
            message__sent_at__gte=F("message__conversation__answered_at"),
        )
        .exclude(Exists(later))
        .exclude(why=WITHDRAWN)
        .select_related("message", "message__conversation", "message__conversation__person")
        .order_by("queued_at", "id")
    )


def alarms(viewer: Viewer) -> QuerySet[Alarm]:
    """Duress words that came and that nobody has settled yet, the oldest first."""
    return (
        Alarm.objects.filter(people_open_to(viewer, "conversation__person"), settled_at=None)
        .select_related("conversation", "conversation__person", "message")
        .order_by("raised_at", "id")
    )


def alarm(viewer: Viewer, alarm_id: str) -> Alarm | None:
    """One of them, settled or not, if the viewer may read her thread."""
    hers = people_open_to(viewer, "conversation__person")
    return Alarm.objects.filter(hers, pk=alarm_id).select_related("conversation__person").first()


def file(viewer: Viewer, file_id: str) -> Attachment | None:
    """One attached file, if the viewer may read its thread."""
    return (
        Attachment.objects.filter(message__conversation__in=threads(viewer), pk=file_id)
        .select_related("message", "message__conversation")
        .first()
    )


def possible_owners(viewer: Viewer, thread: Conversation) -> list[Colleague]:
    """Who could answer a thread: her cases' teams, or the inbox's colleagues while she has none."""
    if not viewer.may_read_cases:
        return []
    inside = list(cases.cases_of(viewer, thread.person))
    teams = {row.staff_id for case in inside for row in cases.team(viewer, case)}
    able = set(cases.colleagues(viewer).values_list("pk", flat=True))
    return [
        one
        for one in staff.colleagues(viewer)
        if one.staff_id in able and (one.staff_id in teams if inside else one.roles & INBOX_ROLES)
    ]


def possible_owner(viewer: Viewer, thread: Conversation, staff_id: str) -> Staff | None:
    """One of these colleagues."""
    able = {one.staff_id for one in possible_owners(viewer, thread)}
    return cases.colleagues(viewer).filter(pk=staff_id).first() if staff_id in able else None


def sources_of(viewer: Viewer, facts: Iterable[str]) -> dict[str, Message]:
    """In which message each of these facts was said, where the viewer may read it."""
    rows = MessageFact.objects.filter(
        fact__in=list(facts), message__conversation__in=threads(viewer)
    ).select_related("message", "message__conversation", "message__account")
    return {row.fact_id: row.message for row in rows}


def accounts(viewer: Viewer) -> QuerySet[ChannelAccount]:
    """Our own numbers and pages, with their health."""
    found = ChannelAccount.objects.all()
    return found if may_oversee(viewer) or viewer.may_read_inbox else found.none()


def stopped_accounts(viewer: Viewer) -> QuerySet[ChannelAccount]:
    """... of which those through which nothing can be sent."""
    return accounts(viewer).exclude(stopped_at=None)


def odd_items(viewer: Viewer) -> QuerySet[OddItem]:
    """Items nobody could read or place and nobody has looked at yet."""
    return _odd(viewer).filter(settled_at=None).select_related("journal", "person")


def odd_item(viewer: Viewer, item_id: str) -> OddItem | None:
    """One such item, looked at or not, if the viewer may know of it."""
    return _odd(viewer).filter(pk=item_id).first()


def _odd(viewer: Viewer) -> QuerySet[OddItem]:
    """What says whose it is, for those who may read her; the rest for who answers the inbox."""
    hers = Q(person__isnull=False) & people_open_to(viewer, "person")
    nobodys = Q(person=None) if viewer.may_read_inbox else Q(pk__in=[])
    return OddItem.objects.filter(hers | nobodys)


def journal_waiting(viewer: Viewer) -> int:
    """How many journalled bodies have not been read yet."""
    if not (may_oversee(viewer) or viewer.may_read_inbox):
        return 0
    return JournalEntry.objects.filter(reading=Reading.WAITING).count()


def messages_per_day(viewer: Viewer, days: int) -> dict[dt.date, int]:
    """How many messages came in on each of the last `days` days, in the reader's zone."""
    zone = get_current_timezone()
    today = clock.now().astimezone(zone).date()
    first = today - dt.timedelta(days=days - 1)
    rows = (
        Message.objects.filter(
            people_open_to(viewer, "conversation__person"),
            way=Way.IN,
            sent_at__gte=dt.datetime.combine(first, dt.time(), tzinfo=zone),
        )
        .order_by()
        .values(day=TruncDate("sent_at", tzinfo=zone))
        .annotate(count=Count("pk"))
    )
    found = {row["day"]: row["count"] for row in rows}
    return {day: found.get(day, 0) for day in (first + dt.timedelta(n) for n in range(days))}

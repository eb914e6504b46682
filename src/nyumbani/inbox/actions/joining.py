"""Showing two conversations of one woman as one, and undoing it; nothing is moved or sealed anew.

The main conversation's moments and last line are those of all that stand in it; a joined one keeps
its own, so that undoing has nothing to guess. Labels, who answers and until when it is laid aside
stay with each and are shown together (queries/joins.py).
"""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, Max, Min, OuterRef, QuerySet

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor, viewer_for
from nyumbani.audit.actions import record
from nyumbani.cases.queries import may_write_about
from nyumbani.domain.answers import Answer
from nyumbani.domain.joining import Place, joining
from nyumbani.inbox.actions.messages import show_last
from nyumbani.inbox.actions.page import MOVED
from nyumbani.inbox.actions.triage import mark_of
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.joins import Join
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.queries.joins import sides_read
from nyumbani.inbox.terms import Way
from nyumbani.inbox.together import behind, shown_under, together
from nyumbani.kit import clock
from nyumbani.people.agreed import agreed_with

_TOLD = (Way.OUT, Way.ECHO)


class NotJoined(Exception):
    """Two conversations were not joined; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.why)
        self.answer = answer


class NotParted(Exception):
    """Two conversations stay shown as one; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.why)
        self.answer = answer


@transaction.atomic
def join(*, main: Conversation, other: Conversation, why: str, by: Actor) -> Join:
    """Show two conversations as one, because they are one woman's; raises NotJoined."""
    record(
        by=by, verb="threads.joined", about=f"person:{main.person_id}",
        other=f"person:{other.person_id}",
    )  # fmt: skip
    known = {row.pk: row for row in _locked(main, other)}
    viewer = viewer_for(Staff.objects.get(pk=by.staff_id))
    if not all(may_write_about(viewer, row.person) for row in known.values()):
        raise NotJoined(Answer.no("taken_up"))
    plan = joining(_place(known[main.pk]), _place(known[other.pk]))
    if not plan.answer:
        raise NotJoined(plan.answer)
    top = known.get(plan.main) or Conversation.objects.select_related("person").get(pk=plan.main)
    below = known[plan.joined]
    if not may_write_about(viewer, top.person):
        raise NotJoined(Answer.no("taken_up"))
    row = Join(
        seal_scope=top.seal_scope, main=top, joined=below, why=why.strip(), by_id=by.staff_id,
        at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    below.joined_to = top
    below.save(update_fields=["joined_to"])
    _count_anew(top)
    return row


@transaction.atomic
def undo(*, row: Join, by: Actor) -> None:
    """Show the two apart again, each as it would stand had they never been joined.

    Raises NotParted where it would take from her what protects her: somebody who reads one side
    alone does not know what was agreed with her on the other.
    """
    record(
        by=by, verb="threads.parted", about=f"person:{row.main.person_id}",
        other=f"person:{row.joined.person_id}",
    )  # fmt: skip
    row = Join.objects.select_for_update().get(pk=row.pk)
    if row.undone_at is not None:
        return
    _may_part(row, by)
    row.undone_at, row.undone_by_id = clock.now(), by.staff_id
    row.save(update_fields=["undone_at", "undone_by"])
    main, joined = _locked(row.main, row.joined)
    joined.joined_to = None
    joined.save(update_fields=["joined_to"])
    for thread in (main, joined):
        _count_anew(thread)


def _may_part(row: Join, by: Actor) -> None:
    read = sides_read(viewer_for(Staff.objects.get(pk=by.staff_id)), row)
    if not read:
        raise NotParted(Answer.no("taken_up"))
    if len(read) == 1 and _protects([one for one in together(row.main) if one not in read]):
        raise NotParted(Answer.no("protects_her"))


def _protects(others: list[Conversation]) -> bool:
    """Whether her duress word came there, or something was agreed with who reads there."""
    if Alarm.objects.filter(conversation__in=others, settled_at=None).exists():
        return True
    return any(agreed_with(person).agreed_at is not None for person in behind(others))


def _count_anew(thread: Conversation) -> None:
    """Work out from the messages what a conversation says of itself."""
    rows = Message.objects.filter(conversation__in=shown_under(thread))
    news = rows.filter(is_past=False)
    told = news.filter(way__in=_TOLD).aggregate(at=Max("sent_at"))
    heard = news.filter(way=Way.IN).aggregate(at=Max("sent_at"), came=Max("received_at"))
    thread.heard_at, thread.came_at, thread.answered_at = heard["at"], heard["came"], told["at"]
    thread.waiting_since = _waiting_since(rows, news)
    thread.mark = mark_of(thread)
    thread.last_line, thread.last_place, thread.last_content = "", "", "text"
    newest = rows.exclude(way=Way.NOTICE).order_by("-sent_at", "-place", "-id").first()
    if newest is not None:
        show_last(thread, newest)
    else:
        thread.last_at, thread.last_way = thread.person.first_heard_at, Way.IN
    thread.save(update_fields=MOVED)


def _waiting_since(rows: QuerySet[Message], news: QuerySet[Message]) -> dt.datetime | None:
    """When the oldest message was sent that nobody had answered when the answer came."""
    answers = rows.filter(
        way__in=_TOLD, sent_at__gte=OuterRef("sent_at"), received_at__gte=OuterRef("received_at")
    )
    waiting = news.filter(~Exists(answers.order_by()), way=Way.IN)
    first: dt.datetime | None = waiting.aggregate(first=Min("sent_at"))["first"]
    return first


def _locked(one: Conversation, other: Conversation) -> list[Conversation]:
    """Both anew and locked, in this order."""
    keys = [one.pk, other.pk]
    rows = {row.pk: row for row in Conversation.objects.select_for_update().filter(pk__in=keys)}
    return [rows[key] for key in keys]


def _place(thread: Conversation) -> Place:
    has_others = Conversation.objects.filter(joined_to=thread.pk).exists()
    return Place(thread.pk, thread.joined_to_id or "", has_others)

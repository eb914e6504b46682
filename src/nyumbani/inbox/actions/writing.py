"""Writing back: words are kept, queued and only then sent; a state is never claimed early."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.domain.answers import Answer
from nyumbani.domain.delivery import State, may_send_again
from nyumbani.domain.replying import Draft, may_write_back
from nyumbani.domain.window import Window, window_after
from nyumbani.inbox.actions.messages import move_on, show_last
from nyumbani.inbox.actions.page import MOVED
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.models import Attempt, ChannelAccount, Conversation, Message
from nyumbani.inbox.terms import Way
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock, ids
from nyumbani.people.models import Identifier

# What the platforms send to, the strongest first: an account id outlives a number.
_SENDABLE = ("psid", "user_ref", "wa_id", "msisdn", "bsuid")


class NotWritten(Exception):
    """A message was not accepted for sending; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.why)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Line:
    """How somebody is reached now: through which of our accounts, at what, until when freely."""

    account: ChannelAccount | None
    reach: Identifier | None
    window: Window
    limit: int

    def draft(self, text: str) -> Draft:
        """These words, over this line."""
        stopped = self.account is not None and self.account.stopped_at is not None
        reachable = self.account is not None and self.reach is not None
        return Draft(text, self.limit, self.window, is_stopped=stopped, is_reachable=reachable)


def line_to(thread: Conversation) -> Line:
    """The line she last wrote over: people answer where they were asked."""
    last = (
        Message.objects.filter(conversation=thread, way=Way.IN)
        .select_related("account").order_by("-sent_at", "-id").first()
    )  # fmt: skip
    if last is None:
        return Line(None, None, Window(None), 0)
    channel = registry.get(last.account.channel)
    found = Identifier.objects.filter(
        person=thread.person_id, until=None, space__startswith=channel.kind, kind__in=_SENDABLE
    )
    best = min(found, key=lambda row: _SENDABLE.index(row.kind), default=None)
    window = window_after(last.sent_at, channel.window)
    return Line(last.account, best, window, channel.text_limit)


@transaction.atomic
def write_back(*, thread: Conversation, text: str, by: Actor) -> Message:
    """Write to somebody in distress: the words are kept and queued to be sent.

    Raises NotWritten, with the reason, when they may not leave now.
    """
    message_id = ids.new()
    # The ledger's turn first: the intake may be moving this very thread on.
    record(by=by, verb="message.written", about=f"person:{thread.person_id}", message=message_id)
    thread = Conversation.objects.select_for_update().get(pk=thread.pk)
    line, now = line_to(thread), clock.now()
    answer = may_write_back(line.draft(text), now)
    if not answer or line.account is None:
        raise NotWritten(answer)
    message = Message(
        id=message_id,
        seal_scope=thread.seal_scope, conversation=thread, account=line.account, way=Way.OUT,
        content=Content.TEXT, text=text.strip(), written_by_id=by.staff_id, sent_at=now,
        received_at=now,
    )  # fmt: skip
    message.save(force_insert=True)
    _queue(message, line, now, by)
    move_on(thread, Way.OUT, now)
    show_last(thread, message)
    thread.save(update_fields=MOVED)
    return message


@transaction.atomic
def send_again(*, attempt: Attempt, by: Actor) -> Attempt:
    """Try once more what failed, or what nobody knows arrived: a new attempt, the old one kept."""
    message = attempt.message
    record(
        by=by, verb="message.sent_again", about=f"person:{message.conversation.person_id}",
        message=message.id,
    )  # fmt: skip
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    newest = Attempt.objects.filter(message=message).order_by("-queued_at", "-id").first()
    if newest != attempt or not may_send_again(State(attempt.state)):
        raise NotWritten(Answer.no("on_its_way"))
    line, now = line_to(message.conversation), clock.now()
    answer = may_write_back(line.draft(message.text), now)
    if not answer:
        raise NotWritten(answer)
    return _queue(message, line, now, by)


def _queue(message: Message, line: Line, now: dt.datetime, by: Actor) -> Attempt:
    if line.reach is None:
        raise NotWritten(Answer.no("unreachable"))
    attempt = Attempt(
        id=ids.new(), seal_scope=message.seal_scope, message=message, queued_at=now,
        to_kind=line.reach.kind, to=line.reach.value,
    )  # fmt: skip
    attempt.save(force_insert=True)
    enqueue(kind="inbox.send", data={"attempt": attempt.id}, by=by)
    return attempt

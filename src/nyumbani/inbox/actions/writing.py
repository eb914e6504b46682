"""Writing back: words are kept, queued and only then sent; a state is never claimed early."""

from django.db import transaction

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor, Viewer, viewer_for
from nyumbani.audit.actions import record
from nyumbani.cases.queries import may_override, may_write_about
from nyumbani.domain.answers import Answer
from nyumbani.domain.delivery import State, may_send_again
from nyumbani.inbox.actions.messages import move_on, show_last
from nyumbani.inbox.actions.page import MOVED
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.guard import Going, going
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.outlet import Outlet, outlet_to
from nyumbani.inbox.terms import SENDING_TRIES, Way
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock, ids


class NotWritten(Exception):
    """A message was not accepted for sending; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.why)
        self.answer = answer


class WrittenAlready(Exception):
    """The page these words came from has been sent before: they are in the thread."""


@transaction.atomic
def write_back(
    *, thread: Conversation, text: str, by: Actor, message_id: str | None = None,
    override: str = "",
) -> Message:  # fmt: skip
    """Write to somebody in distress: the words are kept and queued to be sent.

    Raises NotWritten, with the reason, when they may not leave now. A page that gives its own
    `message_id` may be sent twice: the second time raises WrittenAlready and sends nothing.
    Outside her safe times the words wait for the next one. `override` is why they must not, given
    by somebody who has the right.
    """
    message_id = message_id or ids.new()
    # The ledger's turn first: the intake may be moving this very thread on.
    record(by=by, verb="message.written", about=f"person:{thread.person_id}", message=message_id)
    thread = Conversation.objects.select_for_update().get(pk=thread.pk)
    if Message.objects.filter(pk=message_id).exists():
        raise WrittenAlready
    _still_theirs(thread, by)
    outlet, now = outlet_to(thread), clock.now()
    goes, why = _allowed(thread, outlet, text, override, by)
    if outlet.account is None:
        raise NotWritten(Answer.no("unreachable"))
    message = Message(
        id=message_id,
        seal_scope=thread.seal_scope, conversation=thread, account=outlet.account, way=Way.OUT,
        content=Content.TEXT, text=text.strip(), written_by_id=by.staff_id, sent_at=now,
        received_at=now,
    )  # fmt: skip
    message.save(force_insert=True)
    _queue(message, outlet, goes, why, by)
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
    _still_theirs(message.conversation, by)
    outlet = outlet_to(message.conversation, message.account)
    goes, why = _allowed(message.conversation, outlet, message.text, "", by)
    return _queue(message, outlet, goes, why, by)


def _still_theirs(thread: Conversation, by: Actor) -> None:
    """The page may be older than a colleague's: she may be in another team's case by now."""
    if not may_write_about(_viewer(by), thread.person):
        raise NotWritten(Answer.no("taken_up"))


def _viewer(by: Actor) -> Viewer:
    return viewer_for(Staff.objects.get(pk=by.staff_id))


def _allowed(
    thread: Conversation, outlet: Outlet, text: str, override: str, by: Actor
) -> tuple[Going, str]:
    """What the guard says, and why her rule was passed over, if it was; raises NotWritten."""
    goes = going(thread, outlet, text, clock.now())
    if not (override and goes.may_be_overridden):
        if not goes.answer:
            raise NotWritten(goes.answer)
        return goes, ""
    if not may_override(_viewer(by), thread.person):
        raise NotWritten(Answer.no("not_yours_to_override"))
    record(by=by, verb="safe_contact.overridden", about=f"person:{thread.person_id}")
    return going(thread, outlet, text, clock.now(), is_overridden=True), override


def _queue(message: Message, outlet: Outlet, goes: Going, why: str, by: Actor) -> Attempt:
    if outlet.reach is None:
        raise NotWritten(Answer.no("unreachable"))
    attempt = Attempt(
        id=ids.new(), seal_scope=message.seal_scope, message=message, queued_at=clock.now(),
        to_kind=outlet.reach.kind, to=outlet.reach.value, held_until=goes.until,
        override_why=why,
    )  # fmt: skip
    attempt.save(force_insert=True)
    enqueue(
        kind="inbox.send", data={"attempt": attempt.id}, by=by, not_before=goes.until,
        max_attempts=SENDING_TRIES,
    )  # fmt: skip
    return attempt

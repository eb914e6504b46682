"""What becomes of an attempt: begun, accepted, refused, put back, or not known."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_noop

from nyumbani.audit.actions import record
from nyumbani.domain.answers import Answer
from nyumbani.domain.delivery import State
from nyumbani.domain.window import ENDLESS, MARGIN
from nyumbani.inbox.actions.page import digest_of
from nyumbani.inbox.actions.parcels import Aboard, aboard
from nyumbani.inbox.actions.reports import apply, rise
from nyumbani.inbox.actions.turns import room_for_her, turn_of
from nyumbani.inbox.guard import (
    going,
    is_one_of_many,
    is_still,
    may_be_used,
    parcel_of,
    template_of,
    was_agreed_since,
)
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt, Report
from nyumbani.inbox.models.templates import TemplateWords
from nyumbani.inbox.outlet import is_hers, outlet_to
from nyumbani.inbox.terms import SENDING_TRIES, WITHDRAWN, AttemptState, Holding
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer

_TOLD = {
    "window_closed": gettext_noop("the time to write freely was over before it could leave"),
    "stopped": gettext_noop("the channel is stopped"),
    "alarmed": gettext_noop("her duress word came: nothing is sent until somebody settled it"),
    "not_her_channel": gettext_noop("it is not her safe channel"),
    "never_begun_by_us": gettext_noop("she wants to be answered only, never written to first"),
    "no_safe_time": gettext_noop("her rule names no safe time"),
    "safe_time_too_late": gettext_noop("her safe time comes after the platform's window closes"),
    "stays_in_gallery": gettext_noop("her telephone is shared, and a file would stay on it"),
    "file_not_carried": gettext_noop("this channel carries no files"),
    "file_not_taken": gettext_noop("the platform takes no such file"),
    "file_wrong_type": gettext_noop("the platform takes no such file"),
    "file_too_large": gettext_noop("the file is larger than the platform takes"),
    "template_not_approved": gettext_noop("the platform does not approve this template now"),
    "template_retired": gettext_noop("this template is not used any more"),
    "template_elsewhere": gettext_noop("this template belongs to another number of ours"),
    "template_changed": gettext_noop("this template was worded otherwise while it waited"),
    "unreachable": gettext_noop("she cannot be reached on this channel any more"),
}
_NOT_HERS = gettext_noop("unreachable: that number is no longer hers")
_STOPPED_SENDING = gettext_noop("the sender stopped while sending")
_NO_REASON = gettext_noop("no reason was given")


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with what fills its blanks."""

    words_id: str
    name: str
    language: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything needed to send one attempt, so that no row is held while the network is slow."""

    attempt_id: str
    account: ChannelAccount
    to_kind: str
    to: str
    text: str
    answers: str  # the platform's id of the message quoted, or empty
    until: dt.datetime  # later it may not leave: her window closes
    template: Filled | None = None
    file: Aboard | None = None


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done with an attempt now."""

    why_not: str = ""  # it may not leave at all
    held_until: dt.datetime | None = None
    held_why: Holding = Holding.SAFE_TIME
    turn_at: dt.datetime | None = None
    until: dt.datetime | None = None
    words: TemplateWords | None = None
    is_outside: bool = False


@transaction.atomic
def begin(*, attempt_id: str, by: Doer) -> Letter | None:
    """Take an attempt in hand; None when there is nothing to send.

    One that was in hand before may have left: its worker died between sending and writing it down.
    It is not sent again; what became of it is unknown until the platform reports. Words written to
    a number that has since passed to somebody else are never sent, and not to her new one either:
    whoever wrote them is told, and decides.
    """
    record(by=by, verb="attempt.begun", about=f"attempt:{attempt_id}")
    attempt = Attempt.objects.select_for_update().get(id=attempt_id)
    if attempt.state == State.SENDING:
        _not_known(attempt, _STOPPED_SENDING)
        return None
    if attempt.state != State.QUEUED:
        return None
    message, now = attempt.message, clock.now()
    plan = _plan(attempt, now)
    if plan.why_not:
        _fail(attempt, None, plan.why_not)
        return None
    if plan.held_until is not None:
        _hold(attempt, plan.held_until, plan.held_why, by)
        return None
    attempt.turn_at = turn_of(attempt, message.account, now)
    if attempt.turn_at > now:
        _wait_its_turn(attempt, attempt.turn_at, by)
        return None
    attempt.state, attempt.started_at = AttemptState.SENDING, now
    attempt.is_outside = plan.is_outside
    attempt.save(force_update=True)
    return _letter(attempt, plan, now)


def foreseen(attempt_id: str) -> Letter | None:
    """A letter whose file may be brought to the platform now: it has one, and nothing hinders it.

    None where there is nothing to bring. Nothing is changed, and `begin` asks everything again.
    """
    attempt = Attempt.objects.get(id=attempt_id)
    file, now = aboard(attempt), clock.now()
    if file is None or file.media_id or attempt.state != State.QUEUED:
        return None
    plan = _plan(attempt, now)
    if plan.why_not or plan.held_until is not None:
        return None
    return _letter(attempt, plan, now)


def _letter(attempt: Attempt, plan: _Plan, now: dt.datetime) -> Letter:
    message = attempt.message
    return Letter(
        attempt.id, message.account, attempt.to_kind, attempt.to, message.text, _quoted(message),
        plan.until or now, _filled(message, plan.words), aboard(attempt),
    )  # fmt: skip


@transaction.atomic
def accept(*, attempt_id: str, provider_id: str, by: Doer) -> None:
    """The platform took the message and gave it an id; reports that came first are caught up."""
    record(by=by, verb="attempt.accepted", about=f"attempt:{attempt_id}")
    attempt = Attempt.objects.select_for_update().select_related("message__account").get(
        id=attempt_id
    )  # fmt: skip
    account = attempt.message.account
    attempt.provider_id = provider_id
    attempt.provider_digest = digest_of(account.channel, account.account, provider_id)
    rise(attempt, State.SENT, clock.now())
    for report in Report.objects.filter(provider_digest=attempt.provider_digest):
        apply(attempt, report)
    attempt.save(force_update=True)


@transaction.atomic
def refuse(*, attempt_id: str, code: int | None, why: str, by: Doer) -> None:
    """The platform, or our own guard, did not take the message; it says why."""
    record(by=by, verb="attempt.refused", about=f"attempt:{attempt_id}", code=code or 0)
    _fail(Attempt.objects.select_for_update().get(id=attempt_id), code, why)


@transaction.atomic
def put_back(*, attempt_id: str, by: Doer) -> None:
    """Nothing left the house: the attempt waits for its next turn."""
    record(by=by, verb="attempt.put_back", about=f"attempt:{attempt_id}")
    attempt = Attempt.objects.select_for_update().get(id=attempt_id)
    if attempt.state == State.SENDING:
        attempt.state, attempt.started_at, attempt.turn_at = AttemptState.QUEUED, None, None
        attempt.save(force_update=True)


@transaction.atomic
def withdraw(*, attempt_id: str, by: Doer) -> bool:
    """Take back what has not left: it never leaves. False if it was too late for that."""
    record(by=by, verb="attempt.withdrawn", about=f"attempt:{attempt_id}")
    attempt = Attempt.objects.select_for_update().get(id=attempt_id)
    if attempt.state != State.QUEUED:
        return False
    _fail(attempt, None, WITHDRAWN)
    return True


@transaction.atomic
def lose_sight(*, attempt_id: str, why: str, by: Doer) -> None:
    """The request left and no answer came: say that it is not known, and send nothing again."""
    record(by=by, verb="attempt.unknown", about=f"attempt:{attempt_id}")
    _not_known(Attempt.objects.select_for_update().get(id=attempt_id), why)


def _not_known(attempt: Attempt, why: str) -> None:
    if attempt.state == State.SENDING:  # a report may have come in the meantime: it knows better
        attempt.state, attempt.why = AttemptState.UNKNOWN, why[:200]
        for report in Report.objects.filter(callback=attempt.id):
            apply(attempt, report)
        attempt.save(force_update=True)


def _plan(attempt: Attempt, now: dt.datetime) -> _Plan:
    """Ask the guard and the platform's limits once more, as it is about to leave."""
    message = attempt.message
    outlet = outlet_to(message.conversation, message.account)
    words = template_of(message)
    goes = going(
        message.conversation, outlet, message.text, now,
        is_overridden=_is_overridden(attempt), is_template=words is not None,
        is_automatic=is_one_of_many(message), parcel=parcel_of(message),
    )  # fmt: skip
    answer = goes.answer
    if answer and words is not None:
        answer = may_be_used(words, message.account) and is_still(words, message)
    why_not = _why_not(attempt, answer)
    if why_not or goes.until is not None:
        return _Plan(why_not, goes.until)
    if words is None:
        return _Plan(until=now + outlet.window.left(now) - MARGIN)
    is_outside = not outlet.window.is_open(now)
    room = room_for_her(attempt, message.account, now) if is_outside else None
    if room is not None:
        return _Plan(held_until=room, held_why=Holding.PEOPLE)
    return _Plan(until=now + ENDLESS.left(now), words=words, is_outside=is_outside)


def _is_overridden(attempt: Attempt) -> bool:
    """Whether somebody let it leave against her rule: the one they knew, not one made since."""
    thread = attempt.message.conversation
    return bool(attempt.override_why) and not was_agreed_since(thread, attempt.queued_at)


def _filled(message: Message, words: TemplateWords | None) -> Filled | None:
    if words is None:
        return None
    values = tuple(message.data["template"]["values"])
    return Filled(words.pk, words.template.name, words.language, values)


def _hold(attempt: Attempt, until: dt.datetime, why: Holding, by: Doer) -> None:
    """It waits, for her safe time or for room, and is looked at again then."""
    attempt.held_until, attempt.held_why = until, why
    attempt.save(update_fields=["held_until", "held_why"])
    _look_again(attempt, until, by)


def _wait_its_turn(attempt: Attempt, at: dt.datetime, by: Doer) -> None:
    """Others leave before it. No try of sending is used up by waiting."""
    attempt.save(update_fields=["turn_at"])
    _look_again(attempt, at, by)


def _look_again(attempt: Attempt, at: dt.datetime, by: Doer) -> None:
    enqueue(
        kind="inbox.send", data={"attempt": attempt.id}, by=by, not_before=at,
        max_attempts=SENDING_TRIES,
    )  # fmt: skip


def _why_not(attempt: Attempt, answer: Answer) -> str:
    """Why this attempt may not leave at all; empty if it may, now or later."""
    message = attempt.message
    if not answer:
        return _TOLD.get(answer.why, answer.why)
    hers = is_hers(message.conversation, message.account, attempt.to_kind, attempt.to)
    return "" if hers else _NOT_HERS


def _fail(attempt: Attempt, code: int | None, why: str) -> None:
    rise(attempt, State.FAILED, clock.now())
    attempt.code, attempt.why = code, why[:200] or _NO_REASON
    attempt.save(force_update=True)


def _quoted(message: Message) -> str:
    if not message.answers_digest:
        return ""
    quoted = Message.objects.filter(provider_digest=message.answers_digest).first()
    return str(quoted.provider_id) if quoted else ""

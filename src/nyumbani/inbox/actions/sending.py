"""What becomes of an attempt: begun, accepted, refused, put back, or not known."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_noop

from nyumbani.audit.actions import record
from nyumbani.domain.delivery import State
from nyumbani.domain.window import MARGIN
from nyumbani.inbox.actions.page import digest_of
from nyumbani.inbox.actions.reports import apply, rise
from nyumbani.inbox.guard import Going, going
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt, Report
from nyumbani.inbox.outlet import is_hers, outlet_to
from nyumbani.inbox.terms import SENDING_TRIES, AttemptState
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
    "unreachable": gettext_noop("she cannot be reached on this channel any more"),
}
_NOT_HERS = gettext_noop("unreachable: that number is no longer hers")
_STOPPED_SENDING = gettext_noop("the sender stopped while sending")
_NO_REASON = gettext_noop("no reason was given")


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
    outlet = outlet_to(message.conversation, message.account)
    goes = going(
        message.conversation, outlet, message.text, now, is_overridden=bool(attempt.override_why)
    )
    why_not = _why_not(attempt, goes)
    if why_not:
        _fail(attempt, None, why_not)
        return None
    if goes.until is not None:
        _hold(attempt, goes.until, by)
        return None
    attempt.state, attempt.started_at = AttemptState.SENDING, now
    attempt.save(force_update=True)
    return Letter(
        attempt.id, message.account, attempt.to_kind, attempt.to, message.text, _quoted(message),
        now + outlet.window.left(now) - MARGIN,
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
        attempt.state, attempt.started_at = AttemptState.QUEUED, None
        attempt.save(force_update=True)


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


def _hold(attempt: Attempt, until: dt.datetime, by: Doer) -> None:
    """It waits for her safe time, and is looked at again then."""
    attempt.held_until = until
    attempt.save(update_fields=["held_until"])
    enqueue(
        kind="inbox.send", data={"attempt": attempt.id}, by=by, not_before=until,
        max_attempts=SENDING_TRIES,
    )  # fmt: skip


def _why_not(attempt: Attempt, goes: Going) -> str:
    """Why this attempt may not leave at all; empty if it may, now or later."""
    message = attempt.message
    if not goes.answer:
        return _TOLD.get(goes.answer.why, goes.answer.why)
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

"""What becomes of an attempt: begun, accepted, refused, put back, or not known."""

from dataclasses import dataclass

from django.db import transaction

from nyumbani.audit.actions import record
from nyumbani.domain.delivery import State
from nyumbani.domain.replying import may_write_back
from nyumbani.inbox.actions.page import digest_of
from nyumbani.inbox.actions.reports import apply, rise
from nyumbani.inbox.models import Attempt, ChannelAccount, Message, Report
from nyumbani.inbox.outlet import outlet_to
from nyumbani.inbox.terms import AttemptState
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer

_TOLD = {
    "window_closed": "the time to write freely was over before it could leave",
    "stopped": "the channel is stopped",
    "unreachable": "she cannot be reached on this channel any more",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything needed to send one attempt, so that no row is held while the network is slow."""

    attempt_id: str
    account: ChannelAccount
    to_kind: str
    to: str
    text: str
    answers: str  # the platform's id of the message quoted, or empty


@transaction.atomic
def begin(*, attempt_id: str, by: Doer) -> Letter | None:
    """Take an attempt in hand; None when there is nothing to send.

    One that was in hand before may have left: its worker died between sending and writing it down.
    It is not sent again; what became of it is unknown until the platform reports.
    """
    record(by=by, verb="attempt.begun", about=f"attempt:{attempt_id}")
    attempt = Attempt.objects.select_for_update().get(id=attempt_id)
    if attempt.state == State.SENDING:
        _not_known(attempt, "the sender stopped while sending")
        return None
    if attempt.state != State.QUEUED:
        return None
    message = attempt.message
    answer = may_write_back(
        outlet_to(message.conversation, message.account).draft(message.text), clock.now()
    )
    if not answer:
        _fail(attempt, None, _TOLD.get(answer.why, answer.why))
        return None
    attempt.state, attempt.started_at = AttemptState.SENDING, clock.now()
    attempt.save()
    return Letter(
        attempt.id, message.account, attempt.to_kind, attempt.to, message.text, _quoted(message)
    )


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
    attempt.save()


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
        attempt.save()


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
        attempt.save()


def _fail(attempt: Attempt, code: int | None, why: str) -> None:
    rise(attempt, State.FAILED, clock.now())
    attempt.code, attempt.why = code, why[:200] or "no reason was given"
    attempt.save()


def _quoted(message: Message) -> str:
    if not message.answers_digest:
        return ""
    quoted = Message.objects.filter(provider_digest=message.answers_digest).first()
    return str(quoted.provider_id) if quoted else ""

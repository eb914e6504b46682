"""How far one of our messages has come, as the gateway reports it."""

from nyumbani.inbox.channels.events import InboundEvent, Kind, Problem
from nyumbani.inbox.channels.keys import key
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.sms.door import CHANNEL, item_key
from nyumbani.inbox.channels.sms.messages import Known, names_in
from nyumbani.inbox.channels.sms.numbers import names_of
from nyumbani.inbox.channels.sms.payloads import Delivery
from nyumbani.inbox.channels.sms.refusals import REASONS, STATUSES
from nyumbani.inbox.channels.wording import plain
from nyumbani.kit.phrases import gettext_noop

STATES = {
    "Sent": "sent",
    "Submitted": "sent",  # the network has it
    "Buffered": "sent",  # the network keeps it until her telephone is on
    "Success": "delivered",
    "Rejected": "failed",
    "Failed": "failed",
    "Expired": "failed",
    "AbsentSubscriber": "failed",
}
"""On the lattice of nyumbani.domain.delivery: a late success outdoes an early failure."""


def delivered(fields: dict[str, object]) -> tuple[InboundEvent, Known]:
    """A report of the gateway, and the names in it that are understood."""
    report, notes = read(Delivery, fields)
    state = STATES.get(report.status, "")
    odd = _what_is_missing(report, state)
    known = {
        "gateway_status": report.status if state else "",
        "network_code": report.network_code,
        "retry_count": report.retry_count,
    }
    data: dict[str, object] = {name: value for name, value in known.items() if value}
    if odd or notes:
        data["raw"] = fields
    event = InboundEvent(
        channel=CHANNEL,
        account="",
        kind=Kind.NOT_UNDERSTOOD if odd else Kind.STATUS,
        key=_key(report, fields),
        message_id=report.id,
        identifiers=names_of(report.phone_number),
        status="" if odd else state,
        refers_to=report.id,
        is_report=True,
        problems=_problems(report, state),
        data=data,
        notes=(*odd, *notes),
    )
    return event, names_in(Delivery)


def _key(report: Delivery, fields: dict[str, object]) -> str:
    """The same state reported after another try of the network is another report."""
    if not report.id or not report.status:
        return item_key(fields)
    return key("status", report.id, report.status, report.failure_reason, report.retry_count)


def _problems(report: Delivery, state: str) -> tuple[Problem, ...]:
    if state != "failed":
        return ()
    code = REASONS.get(report.failure_reason) or STATUSES[report.status]
    return (Problem(code, report.failure_reason or report.status),)


def _what_is_missing(report: Delivery, state: str) -> tuple[str, ...]:
    missing = {
        gettext_noop("no message id"): not report.id,
        f"status {plain(report.status)} not understood": not state,
    }
    return tuple(why for why, is_so in missing.items() if is_so)

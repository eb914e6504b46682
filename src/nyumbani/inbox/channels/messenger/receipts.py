"""How far our messages have come: some named by id, all others by a watermark."""

from dataclasses import replace

from nyumbani.inbox.channels.events import InboundEvent, Kind
from nyumbani.inbox.channels.keys import key
from nyumbani.inbox.channels.messenger.happening import Happening
from nyumbani.inbox.channels.messenger.payloads import Delivery, Read
from nyumbani.inbox.channels.times import Unit, moment


def delivered(there: Happening, delivery: Delivery) -> list[InboundEvent]:
    """One event for each message named, and one for the watermark."""
    named = [_arrived(there, mid) for mid in delivery.mids if mid]
    return named + _up_to(there, delivery.watermark, "delivered")


def seen(there: Happening, receipt: Read) -> list[InboundEvent]:
    """She read everything we sent before the watermark."""
    return _up_to(there, receipt.watermark, "read")


def _arrived(there: Happening, mid: str) -> InboundEvent:
    event = there.event(Kind.STATUS, key("status", there.page, mid, "delivered", there.who))
    return replace(event, message_id=mid, status="delivered", refers_to=mid)


def _up_to(there: Happening, watermark: object, status: str) -> list[InboundEvent]:
    before, notes = moment(watermark, usual=Unit.MILLISECONDS)
    if before is None:
        return []
    known_by = key("watermark", there.page, there.who, status, str(watermark))
    event = replace(
        there.event(Kind.WATERMARK, known_by),
        sent_at=before,
        status=status,
        data={"reported_at": there.at.isoformat()} if there.at else {},
        notes=notes,
    )
    return [event]

"""How far one of our messages has come: sent, delivered, read, played or failed."""

from collections.abc import Iterator

from nyumbani.inbox.channels.events import InboundEvent, Kind
from nyumbani.inbox.channels.keys import key
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.times import Unit, moment
from nyumbani.inbox.channels.whatsapp.door import CHANNEL, Door
from nyumbani.inbox.channels.whatsapp.payloads import Status
from nyumbani.inbox.channels.whatsapp.people import Person, names
from nyumbani.inbox.channels.whatsapp.problems import problems_of
from nyumbani.inbox.channels.wording import plain
from nyumbani.kit.phrases import gettext_noop

STATES = ("sent", "delivered", "read", "played", "failed")


def reported(door: Door, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One of `statuses`."""
    status, notes = read(Status, raw)
    person = _recipient(door, status)
    sent_at, time_notes = moment(status.timestamp, usual=Unit.SECONDS)
    odd = _what_is_missing(status)
    data = _circumstances(status)
    if odd or notes:
        data["raw"] = raw
    yield InboundEvent(
        channel=CHANNEL,
        account=door.account,
        kind=Kind.NOT_UNDERSTOOD if odd else Kind.STATUS,
        key=_key(door, status, raw),
        message_id=status.id,
        identifiers=person.identifiers,
        profile_name=person.profile_name,
        sent_at=sent_at,
        status="" if odd else status.status,
        refers_to=status.id,
        callback=status.biz_opaque_callback_data,
        is_report=True,
        problems=problems_of(status.errors),
        data=data,
        notes=(*odd, *notes, *person.notes, *time_notes),
    )


def _recipient(door: Door, status: Status) -> Person:
    """Who got the message; of a message to a group, the one member this status is about."""
    if _is_to_a_group(status):
        return door.person(
            names(
                wa_id=status.recipient_participant_id,
                user_id=status.recipient_participant_user_id,
                parent_user_id=status.recipient_participant_parent_user_id,
            )
        )
    return door.person(
        names(
            wa_id=status.recipient_id,
            user_id=status.recipient_user_id,
            parent_user_id=status.recipient_parent_user_id,
        )
    )


def _is_to_a_group(status: Status) -> bool:
    return status.recipient_type == "group" or bool(
        status.recipient_participant_id or status.recipient_participant_user_id
    )


def _key(door: Door, status: Status, raw: dict[str, object]) -> str:
    if not status.id or not status.status:
        return door.item_key(raw)
    who = (
        status.recipient_participant_user_id
        or status.recipient_participant_id
        or status.recipient_user_id
        or status.recipient_id
    )
    return key("status", door.account, status.id, status.status, who)


def _what_is_missing(status: Status) -> list[str]:
    missing = []
    if not status.id:
        missing.append(gettext_noop("no message id"))
    if status.status not in STATES:
        missing.append(f"status {plain(status.status)} not understood")
    return missing


def _circumstances(status: Status) -> dict[str, object]:
    known: dict[str, object] = {
        "group_id": status.recipient_id if _is_to_a_group(status) else "",
        "conversation": status.conversation,
        "pricing": status.pricing,
    }
    return {name: value for name, value in known.items() if value}

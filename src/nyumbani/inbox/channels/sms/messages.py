"""An SMS somebody wrote, and her wish to get no more of them."""

from nyumbani.inbox.channels.events import Content, InboundEvent, Kind
from nyumbani.inbox.channels.keys import key
from nyumbani.inbox.channels.reading import Payload, read
from nyumbani.inbox.channels.sms.door import CHANNEL, item_key
from nyumbani.inbox.channels.sms.moments import moment_of
from nyumbani.inbox.channels.sms.numbers import names_of, number
from nyumbani.inbox.channels.sms.payloads import Message, OptOut
from nyumbani.kit.phrases import gettext_noop

EMPTY = gettext_noop("an empty message")
Known = tuple[str, ...]


def received(fields: dict[str, object]) -> tuple[InboundEvent, Known]:
    """A message of hers, and the names in it that are understood.

    Nothing else tells two messages apart than the gateway's id, under which the same one also
    comes when it is asked for: it holds over all our numbers.
    """
    message, notes = read(Message, fields)
    person = names_of(message.from_)
    sent_at, time_notes = moment_of(message.date)
    odd = _what_is_missing(message, fields, has_sender=bool(person))
    known = {"link_id": message.link_id, "network_code": message.network_code}
    data: dict[str, object] = {name: value for name, value in known.items() if value}
    if odd or notes:
        data["raw"] = fields
    event = InboundEvent(
        channel=CHANNEL,
        account=number(message.to),
        kind=Kind.NOT_UNDERSTOOD if odd else Kind.MESSAGE,
        key=key("message", message.id) if message.id else item_key(fields),
        content=Content.TEXT,
        message_id=message.id,
        identifiers=person,
        sent_at=sent_at,
        text=message.text or "",
        data=data,
        notes=(*odd, *notes, *(() if message.text or odd else (EMPTY,)), *time_notes),
    )
    return event, names_in(Message)


def opted_out(fields: dict[str, object]) -> tuple[InboundEvent, Known]:
    """She wants no more messages from one of our numbers: shown, because it may not be her wish."""
    said, notes = read(OptOut, fields)
    event = InboundEvent(
        channel=CHANNEL,
        account=number(said.sender_id),
        kind=Kind.SYSTEM,
        key=item_key(fields),
        content=Content.NONE,
        identifiers=names_of(said.phone_number),
        data={"system": "opted_out", **({"raw": fields} if notes else {})},
        notes=(gettext_noop("asked for no more messages from this number"), *notes),
    )
    return event, names_in(OptOut)


def names_in(model: type[Payload]) -> Known:
    """The names a payload knows, as they are written."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _what_is_missing(
    message: Message, fields: dict[str, object], *, has_sender: bool
) -> tuple[str, ...]:
    missing = {
        gettext_noop("contents not understood"): message.text is None
        and fields.get("text") is not None,
        gettext_noop("no text"): "text" not in fields,
        gettext_noop("no message id"): not message.id,
        gettext_noop("who wrote, or to whom, is not said"): not has_sender,
    }
    return tuple(why for why, is_so in missing.items() if is_so)

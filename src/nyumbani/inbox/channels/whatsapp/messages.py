"""A message, written by her or by staff on the organisation's own phone."""

from collections.abc import Iterator
from dataclasses import replace

from nyumbani.inbox.channels.events import InboundEvent, Kind
from nyumbani.inbox.channels.keys import key
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.times import Unit, moment
from nyumbani.inbox.channels.whatsapp.contents import Contents, contents_of
from nyumbani.inbox.channels.whatsapp.door import CHANNEL, Door
from nyumbani.inbox.channels.whatsapp.notices import system_event
from nyumbani.inbox.channels.whatsapp.payloads import Message
from nyumbani.inbox.channels.whatsapp.people import Person, names, number
from nyumbani.inbox.channels.whatsapp.problems import problems_of
from nyumbani.inbox.channels.whatsapp.statuses import STATES
from nyumbani.inbox.channels.wording import plain


def received(door: Door, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One of `messages`."""
    message, notes = read(Message, raw)
    if message.type == "system":
        yield system_event(door, message, raw, notes)
    elif is_ours(door, message):
        yield event(door, message, raw, notes, person=recipient(door, message), by_staff=True)
    else:
        yield event(door, message, raw, notes, person=sender(door, message))


def echoed(door: Door, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One of `message_echoes`: staff wrote on the organisation's own phone."""
    message, notes = read(Message, raw)
    yield event(door, message, raw, notes, person=recipient(door, message), by_staff=True)


def unknown(door: Door, raw: object, why: str) -> InboundEvent:
    """An item of a kind we do not know, such as a call: kept whole, with who and when."""
    event = door.not_understood(raw, why)
    if not isinstance(raw, dict):
        return event
    message, _ = read(Message, raw)
    ours = is_ours(door, message)
    person = recipient(door, message) if ours else sender(door, message)
    sent_at, _ = moment(message.timestamp, usual=Unit.SECONDS)
    return replace(
        event,
        message_id=message.id,
        identifiers=person.identifiers,
        profile_name=person.profile_name,
        sent_at=sent_at,
        by_staff=ours,
    )


def sender(door: Door, message: Message) -> Person:
    """Who wrote."""
    return door.person(
        names(
            wa_id=message.from_,
            user_id=message.from_user_id,
            parent_user_id=message.from_parent_user_id,
        )
    )


def recipient(door: Door, message: Message) -> Person:
    """To whom staff wrote."""
    return door.person(
        names(
            wa_id=message.to, user_id=message.to_user_id, parent_user_id=message.to_parent_user_id
        )
    )


def is_ours(door: Door, message: Message) -> bool:
    """Whether it was written from our own number (files of the phone's past come like that)."""
    return bool(door.number) and number(message.from_) == door.number


def event(
    door: Door,
    message: Message,
    raw: dict[str, object],
    notes: tuple[str, ...],
    *,
    person: Person,
    by_staff: bool = False,
    doubts: tuple[str, ...] = (),
) -> InboundEvent:
    """The event of a message between us and `person`.

    What is missing to understand it, or in doubt, is noted, and then its kind says so; whatever
    else is known of it stands in the event all the same.
    """
    contents = contents_of(message)
    sent_at, time_notes = moment(message.timestamp, usual=Unit.SECONDS)
    odd = (*doubts, *_what_is_missing(message, contents, person))
    found = contents or Contents()
    data = {**found.data, **_circumstances(message)}
    if odd or notes:
        data["raw"] = raw
    return InboundEvent(
        channel=CHANNEL,
        account=door.account,
        kind=_kind(found, odd=bool(odd), by_staff=by_staff),
        key=_key(door, message, raw),
        content=found.content,
        message_id="" if _is_placeholder(message) else message.id,
        identifiers=person.identifiers,
        profile_name=person.profile_name,
        sent_at=sent_at,
        text=found.text,
        media=found.media,
        refers_to=_refers_to(message, found),
        problems=problems_of(message.errors),
        data=data,
        status=_past_status(message) if by_staff else "",
        notes=(*odd, *notes, *found.notes, *_remarks(message), *person.notes, *time_notes),
        by_staff=by_staff,
    )


def _what_is_missing(message: Message, contents: Contents | None, person: Person) -> list[str]:
    missing = []
    if contents is None:
        missing.append(f"contents of type {plain(message.type)} not understood")
    if not message.id:
        missing.append("no message id")
    if not person.identifiers:
        missing.append("who wrote, or to whom, is not said")
    return missing


def _kind(contents: Contents, *, odd: bool, by_staff: bool) -> Kind:
    if odd:
        return Kind.NOT_UNDERSTOOD
    return Kind.ECHO if by_staff and contents.kind is Kind.MESSAGE else contents.kind


def _key(door: Door, message: Message, raw: dict[str, object]) -> str:
    if not message.id:
        return door.item_key(raw)
    what = "placeholder" if _is_placeholder(message) else "message"
    return key(what, door.account, message.id)


def _is_placeholder(message: Message) -> bool:
    """Whether it only says that a file was sent.

    The file itself may follow under the same id and must not pass for a duplicate: so the
    placeholder gives up the id and refers to it instead.
    """
    return message.type == "media_placeholder"


def _refers_to(message: Message, contents: Contents) -> str:
    if _is_placeholder(message):
        return message.id
    return contents.refers_to or (message.context.id if message.context else "")


def _circumstances(message: Message) -> dict[str, object]:
    """What else came with a message: the group, the advertisement, her phone's security code."""
    context = message.context
    known: dict[str, object] = {
        "group_id": message.group_id,
        "referral": message.referral,
        "product": context.referred_product if context else None,
        "identity": message.identity.model_dump() if message.identity else None,
        "history": message.history_context.model_dump() if message.history_context else None,
    }
    return {name: value for name, value in known.items() if value}


def _remarks(message: Message) -> tuple[str, ...]:
    context, identity = message.context, message.identity
    remarks = {
        "forwarded": context and context.forwarded and not context.frequently_forwarded,
        "forwarded many times": context and context.frequently_forwarded,
        "security code not confirmed": identity and not identity.acknowledged,
    }
    return tuple(remark for remark, is_so in remarks.items() if is_so)


def _past_status(message: Message) -> str:
    """How far a message of the phone's past had come."""
    said = message.history_context.status.lower() if message.history_context else ""
    return {"error": "failed"}.get(said, said if said in STATES else "")

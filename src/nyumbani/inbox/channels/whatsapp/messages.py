"""A message, written by her or by staff on the organisation's own phone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

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
from nyumbani.kit.phrases import gettext_noop


@dataclass(frozen=True, slots=True)
class Side:
    """Who the person in a message is, and whether she wrote it or we did."""

    person: Person
    by_staff: bool = False
    doubts: tuple[str, ...] = ()


def received(door: Door, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One of `messages`."""
    message, notes = read(Message, raw)
    if message.type == "system":
        yield system_event(door, message, raw, notes)
    else:
        yield event(door, message, raw, notes, side_of(door, message))


def echoed(door: Door, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One of `message_echoes`: staff wrote on the organisation's own phone."""
    message, notes = read(Message, raw)
    yield event(door, message, raw, notes, by_us(door, message))


def unknown(door: Door, raw: object, why: str) -> InboundEvent:
    """An item of a kind we do not know, such as a call: kept whole, with who and when."""
    event = door.not_understood(raw, why)
    if not isinstance(raw, dict):
        return event
    message, _ = read(Message, raw)
    side = side_of(door, message)
    sent_at, _ = moment(message.timestamp, usual=Unit.SECONDS)
    return replace(
        event,
        message_id=message.id,
        identifiers=side.person.identifiers,
        profile_name=side.person.profile_name,
        sent_at=sent_at,
        by_staff=side.by_staff,
    )


def side_of(door: Door, message: Message) -> Side:
    """Ours if it comes from our own number (files of the phone's past do), otherwise hers."""
    return by_us(door, message) if is_ours(door, message) else by_her(door, message)


def is_ours(door: Door, message: Message) -> bool:
    """Whether it was written from our own number."""
    return bool(door.number) and number(message.from_) == door.number


def by_her(door: Door, message: Message) -> Side:
    """She wrote it: she is the sender."""
    hers = names(
        wa_id=message.from_,
        user_id=message.from_user_id,
        parent_user_id=message.from_parent_user_id,
    )
    return Side(door.person(hers))


def by_us(door: Door, message: Message) -> Side:
    """Staff wrote it: she is the recipient."""
    hers = names(
        wa_id=message.to, user_id=message.to_user_id, parent_user_id=message.to_parent_user_id
    )
    return Side(door.person(hers), by_staff=True)


def event(
    door: Door, message: Message, raw: dict[str, object], notes: tuple[str, ...], side: Side
) -> InboundEvent:
    """The event of a message; if something is missing or in doubt, its kind and notes say so."""
    contents = contents_of(message)
    found = contents or Contents()
    sent_at, time_notes = moment(message.timestamp, usual=Unit.SECONDS)
    odd = (*side.doubts, *_what_is_missing(message, contents, side.person))
    return InboundEvent(
        channel=CHANNEL,
        account=door.account,
        kind=_kind(found, odd=bool(odd), by_staff=side.by_staff),
        key=_key(door, message, raw),
        content=found.content,
        message_id="" if _is_placeholder(message) else message.id,
        identifiers=side.person.identifiers,
        profile_name=side.person.profile_name,
        sent_at=sent_at,
        text=found.text,
        media=found.media,
        status=_past_status(message) if side.by_staff else "",
        refers_to=_refers_to(message, found),
        problems=problems_of(message.errors),
        data={**found.data, **_circumstances(message), **({"raw": raw} if odd or notes else {})},
        notes=(*odd, *notes, *found.notes, *_remarks(message), *side.person.notes, *time_notes),
        by_staff=side.by_staff,
    )


def _what_is_missing(message: Message, contents: Contents | None, person: Person) -> list[str]:
    missing = []
    if contents is None:
        missing.append(f"contents of type {plain(message.type)} not understood")
    if not message.id:
        missing.append(gettext_noop("no message id"))
    if not person.identifiers:
        missing.append(gettext_noop("who wrote, or to whom, is not said"))
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
        gettext_noop("forwarded"): context
        and context.forwarded
        and not context.frequently_forwarded,
        gettext_noop("forwarded many times"): context and context.frequently_forwarded,
        gettext_noop("security code not confirmed"): identity and not identity.acknowledged,
    }
    return tuple(remark for remark, is_so in remarks.items() if is_so)


def _past_status(message: Message) -> str:
    """How far a message of the phone's past had come."""
    said = message.history_context.status.lower() if message.history_context else ""
    return {"error": "failed"}.get(said, said if said in STATES else "")

"""The phone's past: conversations from before the number was connected."""

from collections.abc import Iterator
from dataclasses import replace

from nyumbani.inbox.channels.events import InboundEvent, Kind, Name
from nyumbani.inbox.channels.keys import digest_of, key
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.walking import items_of, noted, unknown_lists
from nyumbani.inbox.channels.whatsapp import messages
from nyumbani.inbox.channels.whatsapp.door import CHANNEL, Door
from nyumbani.inbox.channels.whatsapp.notices import error_reported
from nyumbani.inbox.channels.whatsapp.payloads import (
    Message,
)
from nyumbani.inbox.channels.whatsapp.people import Person, is_scoped_id, names, number
from nyumbani.inbox.channels.whatsapp.phone_payloads import (
    History,
    HistoryMetadata,
    Thread,
    ThreadContext,
)
from nyumbani.kit.phrases import gettext_noop

FROM_THE_PAST = gettext_noop("from the phone's history")


def from_the_past(event: InboundEvent) -> InboundEvent:
    """The same event, marked so that nobody takes it for news."""
    return replace(noted(event, FROM_THE_PAST), past=True)


def past(door: Door, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One of `history`: a chunk of conversations, or the word that staff do not share them."""
    chunk, notes = read(History, raw)
    where = (chunk.metadata or HistoryMetadata()).model_dump(exclude_none=True)
    found = items_of(
        raw.get("threads"),
        read=lambda thread: _thread(door, thread),
        otherwise=door.not_understood,
    )
    found += unknown_lists(raw, known=("threads", "errors"), otherwise=door.not_understood)
    found += items_of(
        raw.get("errors"),
        read=lambda error: error_reported(door, error),
        otherwise=door.not_understood,
    )
    for event in found:
        known = event.data.get("history")
        about = {**where, **known} if isinstance(known, dict) else where
        yield from_the_past(noted(event, *notes, data={"history": about}))
    if not found:
        yield _progress(door, raw, where, notes)


def _progress(
    door: Door, raw: dict[str, object], where: dict[str, object], notes: tuple[str, ...]
) -> InboundEvent:
    """A chunk without conversations still tells how far the transfer has come."""
    event = InboundEvent(
        channel=CHANNEL,
        account=door.account,
        kind=Kind.SYSTEM if where else Kind.NOT_UNDERSTOOD,
        key=key("history", door.account, digest_of(raw)),
        data={"system": "history", "history": where, "raw": raw},
        notes=(gettext_noop("holds no conversations"), *notes),
    )
    return from_the_past(event)


def _thread(door: Door, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """All messages between us and one person."""
    thread, notes = read(Thread, raw)
    context = thread.context or ThreadContext()
    person = door.person(
        names(
            wa_id=context.wa_id or thread.id,
            user_id=context.user_id,
            parent_user_id=context.parent_user_id,
            username=context.username,
        )
    )
    for event in items_of(
        raw.get("messages"),
        read=lambda item: _message(door, person, item),
        otherwise=door.not_understood,
    ):
        yield noted(event, *notes)
    yield from unknown_lists(raw, known=("messages",), otherwise=door.not_understood)


def _message(door: Door, person: Person, raw: dict[str, object]) -> Iterator[InboundEvent]:
    message, notes = read(Message, raw)
    if message.type == "system":
        yield from messages.received(door, raw)
        return
    yield messages.event(door, message, raw, notes, _side(door, message, person))


def _side(door: Door, message: Message, person: Person) -> messages.Side:
    """Who of the two wrote it.

    A message of staff comes from our number, or says to whom it went; hers comes from her number,
    or from none. (`from_user_id` may be hers on both, so it decides nothing.)
    """
    if message.to or message.to_user_id or messages.is_ours(door, message):
        return messages.Side(person, by_staff=True)
    hers = Name("wa_id", number(message.from_)) in person.identifiers
    if hers or not message.from_ or is_scoped_id(message.from_):
        return messages.Side(person)
    return messages.Side(person, doubts=("who of the two wrote is not clear",))

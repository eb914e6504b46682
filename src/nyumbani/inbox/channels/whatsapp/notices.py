"""What nobody wrote but somebody should see: system notices, errors, address book, preferences."""

from collections.abc import Iterator

from nyumbani.inbox.channels.events import InboundEvent, Kind, Name
from nyumbani.inbox.channels.keys import digest_of, key
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.times import Unit, moment
from nyumbani.inbox.channels.whatsapp.door import CHANNEL, Door
from nyumbani.inbox.channels.whatsapp.identity import CHANGES, NOT_SAID, now_and_before
from nyumbani.inbox.channels.whatsapp.payloads import (
    Error,
    Message,
    System,
    UserPreference,
)
from nyumbani.inbox.channels.whatsapp.people import names, number
from nyumbani.inbox.channels.whatsapp.phone_payloads import (
    AddressBookContact,
    StateSync,
    SyncMetadata,
)
from nyumbani.inbox.channels.whatsapp.problems import problems_of
from nyumbani.inbox.channels.wording import plain
from nyumbani.kit.phrases import gettext_noop

SAFETY_SIGNAL = gettext_noop("the phone or its holder may have changed")
IDENTITY_KEY_CHANGES = ("customer_identity_changed", "user_identity_changed")


def system_event(
    door: Door, message: Message, raw: dict[str, object], notes: tuple[str, ...]
) -> InboundEvent:
    """A system message: number or id changed, security code changed, or a notice we do not know."""
    system = message.system or System()
    now, before = now_and_before(message)
    kind, why = _kind(system.type, now=now, before=before)
    sent_at, time_notes = moment(message.timestamp, usual=Unit.SECONDS)
    data: dict[str, object] = {"system": system.type}
    if message.identity:
        data["identity"] = message.identity.model_dump()
    if notes or kind is Kind.NOT_UNDERSTOOD:
        data["raw"] = raw
    changed = kind is Kind.IDENTITY
    return InboundEvent(
        channel=CHANNEL,
        account=door.account,
        kind=kind,
        key=key("message", door.account, message.id) if message.id else door.item_key(raw),
        message_id=message.id,
        identifiers=now if changed else before or now,
        former=before if changed else (),
        sent_at=sent_at,
        text=system.body,
        problems=problems_of(message.errors),
        data=data,
        notes=(*why, *notes, *time_notes),
    )


def _kind(
    told: str, *, now: tuple[Name, ...], before: tuple[Name, ...]
) -> tuple[Kind, tuple[str, ...]]:
    if told in IDENTITY_KEY_CHANGES:
        return Kind.SYSTEM, (SAFETY_SIGNAL,)
    if told not in CHANGES:
        return Kind.NOT_UNDERSTOOD, (f"system notice {plain(told)} is not known",)
    if not now:
        return Kind.NOT_UNDERSTOOD, (NOT_SAID,)
    return Kind.IDENTITY, () if before else (
        gettext_noop("what she was known by before is not said"),
    )


def error_reported(door: Door, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One of `errors` beside the messages: it concerns our number, not a person."""
    error, notes = read(Error, raw)
    if not error.code and not error.title and not error.message:
        return
    yield InboundEvent(
        channel=CHANNEL,
        account=door.account,
        kind=Kind.SYSTEM,
        key=key("error", door.account or door.business, digest_of(raw)),
        text=error.title or error.message,
        problems=problems_of([error]),
        data={"system": "error", "raw": raw},
        notes=(gettext_noop("WhatsApp reports an error"), *notes),
    )


def address_book_changed(door: Door, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One of `state_sync`: staff wrote or removed a contact on the organisation's own phone."""
    sync, notes = read(StateSync, raw)
    contact = sync.contact or AddressBookContact()
    sent_at, time_notes = moment((sync.metadata or SyncMetadata()).timestamp, usual=Unit.SECONDS)
    if sync.type != "contact" or not contact.phone_number:
        return
    digits = number(contact.phone_number)
    yield InboundEvent(
        channel=CHANNEL,
        account=door.account,
        kind=Kind.SYSTEM,
        key=key("contact", door.account, digest_of(raw)),
        identifiers=(Name("msisdn", digits),),
        profile_name=contact.full_name or contact.first_name,
        sent_at=sent_at,
        data={"system": "address_book", "action": sync.action, "contact": contact.model_dump()},
        notes=(f"address book of our phone: {plain(sync.action)}", *notes, *time_notes),
        by_staff=True,
    )


def preference_stated(door: Door, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One of `user_preferences`: she stopped or resumed what WhatsApp calls marketing messages."""
    wish, notes = read(UserPreference, raw)
    if not wish.value:
        return
    person = door.person(
        names(wa_id=wish.wa_id, user_id=wish.user_id, parent_user_id=wish.parent_user_id)
    )
    sent_at, time_notes = moment(wish.timestamp, usual=Unit.SECONDS)
    yield InboundEvent(
        channel=CHANNEL,
        account=door.account,
        kind=Kind.SYSTEM,
        key=key("preference", door.account, digest_of(raw)),
        identifiers=person.identifiers,
        profile_name=person.profile_name,
        sent_at=sent_at,
        text=wish.detail,
        data={"system": "preference", "category": wish.category, "value": wish.value},
        notes=(f"preference: {plain(wish.category)} {plain(wish.value)}", *notes, *time_notes),
    )

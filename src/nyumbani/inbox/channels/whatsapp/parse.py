"""A WhatsApp webhook body becomes events: every entry, every change, every item."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from nyumbani.inbox.channels.events import InboundEvent, Name
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.walking import (
    beside,
    events_of,
    item_of,
    items_of,
    noted,
    unknown_lists,
)
from nyumbani.inbox.channels.whatsapp import (
    history,
    identity,
    messages,
    notices,
    statuses,
    template_notices,
)
from nyumbani.inbox.channels.whatsapp.door import CHANNEL, Door
from nyumbani.inbox.channels.whatsapp.payloads import Card, Metadata, TemplateChange
from nyumbani.inbox.channels.whatsapp.people import cards_of, number, of_card
from nyumbani.inbox.channels.wording import plain
from nyumbani.kit.phrases import gettext_noop

ROOT = "whatsapp_business_account"

LISTS: dict[str, Callable[[Door, dict[str, object]], Iterable[InboundEvent]]] = {
    "messages": messages.received,
    "message_echoes": messages.echoed,
    "statuses": statuses.reported,
    "user_id_update": identity.id_updated,
    "history": history.past,
    "state_sync": notices.address_book_changed,
    "user_preferences": notices.preference_stated,
    "errors": notices.error_reported,
}
ENVELOPE = ("messaging_product", "metadata", "contacts")


def parse(body: bytes) -> list[InboundEvent]:
    """All events of one webhook body, in its order. Never raises, never loses an item.

    What cannot be read becomes an event that is not understood and holds the item as it came;
    its neighbours are read all the same.
    """
    return events_of(body, channel=CHANNEL, root=ROOT, entry=_entry)


def _entry(raw: object) -> list[InboundEvent]:
    nowhere = Door(account="")
    return item_of(raw, read=_changes, otherwise=nowhere.not_understood)


def _changes(entry: dict[str, object]) -> Iterator[InboundEvent]:
    business = str(entry.get("id") or "")
    nowhere = Door(account="", business=business, time=entry.get("time"))
    yield from items_of(
        entry.get("changes"),
        read=lambda change: _change(nowhere, change),
        otherwise=nowhere.not_understood,
    )
    yield from unknown_lists(entry, known=("changes",), otherwise=nowhere.not_understood)


def _change(entry: Door, change: dict[str, object]) -> list[InboundEvent]:
    """Everything of one change, addressed to the number this very change came through."""
    value, field = change.get("value"), change.get("field")
    nowhere = replace(entry, field=field if isinstance(field, str) else "")
    if not isinstance(value, dict):
        return [nowhere.not_understood(change, gettext_noop("a change without contents"))]
    door, notes = _door(nowhere, value)
    events = [
        *_items(door, value),
        *_of_templates(door, value),
        *unknown_lists(value, known=(*LISTS, *ENVELOPE), otherwise=partial(messages.unknown, door)),
        *unknown_lists(change, known=("value",), otherwise=door.not_understood),
    ]
    if not events:
        why = f"webhook field {plain(door.field)} is not known, or holds nothing"
        return [door.not_understood(change, why)]
    events = [noted(event, *notes) for event in events]
    also = {
        **beside(value, known=(*LISTS, *ENVELOPE, *_known_of_templates(door))),
        **beside(change, known=("field", "value")),
        **_unmatched(door, value, events),
    }
    if also:
        events[0] = noted(
            events[0], *(f"also came: {plain(name)}" for name in also), data={"also": also}
        )
    return events


def _items(door: Door, value: dict[str, object]) -> Iterator[InboundEvent]:
    for name, items in value.items():
        if name not in LISTS:
            continue
        found = items_of(items, read=partial(LISTS[name], door), otherwise=door.not_understood)
        # Files of the past come as plain messages and echoes; only the field tells.
        is_past = door.field == "history" and name != "history"
        yield from map(history.from_the_past, found) if is_past else found


def _of_templates(door: Door, value: dict[str, object]) -> list[InboundEvent]:
    """The news of a template; its change is one item without a list around it."""
    told = template_notices.FIELDS.get(door.field)
    if told is None or not LISTS.keys().isdisjoint(value):
        return []
    return item_of(value, read=partial(told, door), otherwise=door.not_understood)


def _known_of_templates(door: Door) -> Iterable[str]:
    return TemplateChange.model_fields if door.field in template_notices.FIELDS else ()


def _door(nowhere: Door, value: dict[str, object]) -> tuple[Door, tuple[str, ...]]:
    """The door this change names, with its contact cards."""
    raw = value.get("metadata")
    metadata, notes = read(Metadata, raw if isinstance(raw, dict) else {})
    if not metadata.phone_number_id and not LISTS.keys().isdisjoint(value):
        notes = (*notes, gettext_noop("which of our numbers it came through is not said"))
    people = [of_card(read(Card, card)[0]) for card in _dicts(value.get("contacts"))]
    items = sum(len(_listed(value.get(name))) for name in LISTS)
    door = replace(
        nowhere,
        account=metadata.phone_number_id,
        number=number(metadata.display_phone_number),
        cards=cards_of(people, items=items),
    )
    return door, notes


def _unmatched(
    door: Door, value: dict[str, object], events: list[InboundEvent]
) -> dict[str, object]:
    """The contact cards that belong to nobody in this change: never guessed to be somebody's."""
    known = {name for event in events for name in (*event.identifiers, *event.former)}
    contacts = value.get("contacts")
    if contacts is not None and not isinstance(contacts, list):
        return {"contacts": contacts}
    left = [
        raw
        for raw in _listed(contacts)
        if not isinstance(raw, dict) or not _is_somebodys(read(Card, raw)[0], door, known)
    ]
    return {"contacts": left} if left else {}


def _is_somebodys(card: Card, door: Door, known: set[Name]) -> bool:
    identifiers = of_card(card).identifiers
    return door.cards.alone if not identifiers else not known.isdisjoint(identifiers)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _dicts(value: object) -> list[dict[str, object]]:
    return [item for item in _listed(value) if isinstance(item, dict)]

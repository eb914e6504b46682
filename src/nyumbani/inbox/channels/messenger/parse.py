"""A Messenger webhook body becomes events: every entry, every item, every part of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from nyumbani.inbox.channels.events import InboundEvent, Kind
from nyumbani.inbox.channels.keys import digest_of, key
from nyumbani.inbox.channels.messenger import messages, notices, receipts
from nyumbani.inbox.channels.messenger.door import CHANNEL, Door
from nyumbani.inbox.channels.messenger.happening import Happening, happening
from nyumbani.inbox.channels.messenger.payloads import Item
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.walking import (
    beside,
    events_of,
    item_of,
    items_of,
    noted,
    unknown_lists,
)
from nyumbani.kit.phrases import gettext_noop

ROOT = "page"
LISTS = ("messaging", "standby")
PARTS: dict[str, Callable[[Happening, Any], list[InboundEvent]]] = {
    "message": messages.written,
    "postback": messages.pressed,
    "edits": messages.edited,
    "reaction": messages.reacted,
    "delivery": receipts.delivered,
    "read": receipts.seen,
    "referral": notices.referred,
    "optin": notices.agreed,
}
RECEIPTS = ("delivery", "read")
ENVELOPE = ("sender", "recipient", "timestamp")
STANDBY = gettext_noop("standby: another app has the conversation")


def parse(body: bytes) -> list[InboundEvent]:
    """All events of one webhook body, in its order. Never raises, never loses an item.

    What cannot be read becomes an event that is not understood and holds the item as it came;
    its neighbours are read all the same.
    """
    return events_of(body, channel=CHANNEL, root=ROOT, entry=_entry)


def _entry(raw: object) -> list[InboundEvent]:
    return item_of(raw, read=_items, otherwise=Door(page="").not_understood)


def _items(entry: dict[str, object]) -> Iterator[InboundEvent]:
    door = Door(page=_page(entry))
    for name, items in entry.items():
        if name in LISTS:
            notes = (STANDBY,) if name == "standby" else ()
            found = items_of(items, read=partial(_item, door), otherwise=door.not_understood)
            yield from (noted(event, *notes) for event in found)
    yield from unknown_lists(entry, known=LISTS, otherwise=door.not_understood)


def _page(entry: dict[str, object]) -> str:
    page = entry.get("id")
    return str(page) if isinstance(page, str | int) and not isinstance(page, bool) else ""


def _item(door: Door, raw: dict[str, object]) -> list[InboundEvent]:
    """The events of one item, and one more if a part of it was not understood."""
    item, notes = read(Item, raw)
    there = happening(door, item, raw)
    events: list[InboundEvent] = []
    left = list(notes)
    for name, part in PARTS.items():
        value = getattr(item, name)
        found = part(there, value) if value else []
        events += found
        left += [f"{name} not understood"] if value and not found else []
    if left or not events:
        return [*events, _kept(there, left or [gettext_noop("nothing in it is known")])]
    also = beside(raw, known=Item.model_fields)
    return [noted(event, data={"also": also} if also else None) for event in events]


def _kept(there: Happening, why: list[str]) -> InboundEvent:
    """The item as it came, with who and when as far as that is known."""
    event = there.event(Kind.NOT_UNDERSTOOD, key("left", there.page, digest_of(there.raw)))
    return replace(
        event,
        data={"raw": there.raw},
        notes=("; ".join(why), *there.notes),
        is_report=_is_report(there.raw),
    )


def _is_report(raw: dict[str, object]) -> bool:
    """Whether it speaks of our messages alone: of nothing she wrote, pressed or asked."""
    return not raw.keys().isdisjoint(RECEIPTS) and raw.keys() <= {*RECEIPTS, *ENVELOPE}

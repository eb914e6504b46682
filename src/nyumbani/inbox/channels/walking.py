"""Walking through a webhook without losing an item: every one ends in at least one event."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator

from nyumbani.inbox.channels import body as bodies
from nyumbani.inbox.channels.events import InboundEvent, Kind
from nyumbani.inbox.channels.keys import key
from nyumbani.inbox.channels.wording import plain
from nyumbani.kit.phrases import gettext_noop

SHOWN_OF_UNREADABLE = 500  # characters; the journal has the whole body

Fallback = Callable[[object, str], InboundEvent]
Reader = Callable[[dict[str, object]], Iterable[InboundEvent]]


def events_of(
    body: bytes, *, channel: str, root: str, entry: Callable[[object], list[InboundEvent]]
) -> list[InboundEvent]:
    """All events of a body whose `object` is `root`; `entry` reads one item of its `entry` list.

    Never raises. A body that is not JSON, or not such a webhook, gives one event that is not
    understood, known by the SHA-256 of the body.
    """
    try:
        found = bodies.load(body)
    except bodies.Malformed as error:
        return [not_json(channel, body, error)]
    entries = _entries(found.tree, root)
    if isinstance(entries, str):
        return [unreadable(channel, body, entries, {"raw": found.tree})]
    return [noted(event, *found.notes) for item in entries for event in entry(item)]


def not_json(channel: str, body: bytes, error: bodies.Malformed) -> InboundEvent:
    """The event of a body that is not JSON."""
    return unreadable(channel, body, f"not JSON: {error}", {"beginning": beginning_of(body)})


def unreadable(
    channel: str, body: bytes, why: str, data: dict[str, object], account: str = ""
) -> InboundEvent:
    """An event that is not understood, known by the SHA-256 of the body."""
    known_by = key("body", bodies.digest(body))
    return InboundEvent(channel, account, Kind.NOT_UNDERSTOOD, known_by, data=data, notes=(why,))


def beginning_of(body: bytes) -> str:
    """The first words of a body that cannot be read; the journal has the whole."""
    return body[:SHOWN_OF_UNREADABLE].decode("utf-8", "replace").replace("\x00", "\ufffd")


def _entries(tree: object, root: str) -> list[object] | str:
    """The entries, or why this is no such webhook."""
    if not isinstance(tree, dict):
        return gettext_noop("not a webhook: the body is not an object")
    if tree.get("object") != root:
        return f"not a webhook for this door: its object is not {root}"
    entries = tree.get("entry")
    if not isinstance(entries, list) or not entries:
        return gettext_noop("not a webhook: it has no entries")
    # A list beside the entries is unknown to us, but what it holds must not vanish.
    beside = [{name: value} for name, value in tree.items() if isinstance(value, list)]
    return entries + [item for item in beside if "entry" not in item]


def items_of(value: object, *, read: Reader, otherwise: Fallback) -> list[InboundEvent]:
    """The events of a list's items; what is no list counts as one item that is not understood."""
    if value is None:
        return []
    if not isinstance(value, list):
        return [otherwise(value, gettext_noop("not a list"))]
    return [event for item in value for event in item_of(item, read=read, otherwise=otherwise)]


def item_of(item: object, *, read: Reader, otherwise: Fallback) -> list[InboundEvent]:
    """The events of one item: never none, and never an exception."""
    if not isinstance(item, dict):
        return [otherwise(item, gettext_noop("not an object"))]
    try:
        events = list(read(item))
    except Exception as error:  # noqa: BLE001 - a mistake of ours must not lose what she wrote
        return [otherwise(item, f"our reader failed: {type(error).__name__}")]
    return events or [otherwise(item, gettext_noop("nothing in it is known"))]


def unknown_lists(
    holder: dict[str, object], *, known: Iterable[str], otherwise: Fallback
) -> Iterator[InboundEvent]:
    """One event for each item of a list whose name we do not know."""
    for name, value in holder.items():
        if isinstance(value, list) and name not in known:
            yield from (otherwise(item, f"{plain(name)} is not known") for item in value)


def beside(holder: dict[str, object], *, known: Iterable[str]) -> dict[str, object]:
    """What else stands in `holder`, lists apart: no items, but worth keeping with an event."""
    return {
        name: value
        for name, value in holder.items()
        if name not in known and not isinstance(value, list) and value not in ({}, "", None)
    }


def noted(event: InboundEvent, *notes: str, data: dict[str, object] | None = None) -> InboundEvent:
    """The event with further notes and data; the same event if there are none."""
    if not notes and not data:
        return event
    more = {**event.data, **(data or {})}
    return dataclasses.replace(event, notes=(*event.notes, *notes), data=more)

"""A Telegram update becomes events: one a body, of a kind that stands in its name."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from nyumbani.inbox.channels.body import Malformed, load
from nyumbani.inbox.channels.events import InboundEvent
from nyumbani.inbox.channels.telegram import messages, notices
from nyumbani.inbox.channels.telegram.door import CHANNEL, not_understood
from nyumbani.inbox.channels.walking import beside, item_of, not_json, noted, unreadable
from nyumbani.kit.phrases import gettext_noop

Reader = Callable[[str, dict[str, object]], Iterable[InboundEvent]]
ID = "update_id"
KINDS: dict[str, Reader] = {
    "message": messages.received,
    "edited_message": messages.edited,
    "callback_query": notices.pressed,
    "my_chat_member": notices.membership,
    "message_reaction": notices.reacted,
}


def parse(body: bytes) -> list[InboundEvent]:
    """All events of one update. Never raises, never loses an item.

    What cannot be read becomes an event that is not understood and holds the item as it came. No
    event says which of our bots it came to: the door knows.
    """
    try:
        found = load(body)
    except Malformed as error:
        return [not_json(CHANNEL, body, error)]
    tree = found.tree
    if not isinstance(tree, dict):
        why = gettext_noop("not an update: the body is not an object")
        return [unreadable(CHANNEL, body, why, {"raw": tree})]
    events = list(_update(tree))
    if not events:
        why = gettext_noop("not an update: nothing happened in it")
        return [unreadable(CHANNEL, body, why, {"raw": tree})]
    return [noted(event, *found.notes) for event in events]


def _update(update: dict[str, object]) -> Iterator[InboundEvent]:
    stamp = _stamp(update.get(ID))
    kinds = [name for name, value in update.items() if isinstance(value, dict | list)]
    also = beside(update, known=(ID, *kinds))
    for name in dict.fromkeys((*kinds, *(kind for kind in KINDS if update.get(kind) is not None))):
        read = KINDS.get(name) or partial(notices.unknown, name)
        for event in item_of(update[name], read=partial(read, stamp), otherwise=not_understood):
            yield noted(event, data={"also": also} if also else None)


def _stamp(value: object) -> str:
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""

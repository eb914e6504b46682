"""A form of the gateway, or its answer to our asking, becomes events."""

from collections.abc import Iterable

from nyumbani.inbox.channels.body import Malformed, load
from nyumbani.inbox.channels.events import InboundEvent
from nyumbani.inbox.channels.sms.door import CHANNEL, not_understood
from nyumbani.inbox.channels.sms.forms import fields_of
from nyumbani.inbox.channels.sms.messages import opted_out, received
from nyumbani.inbox.channels.sms.reports import delivered
from nyumbani.inbox.channels.walking import (
    beginning_of,
    beside,
    item_of,
    items_of,
    noted,
    unknown_lists,
    unreadable,
)
from nyumbani.kit.phrases import gettext_noop

MESSAGE = frozenset({"text", "from", "to", "date", "linkId"})
DELIVERY = frozenset({"status", "failureReason", "retryCount"})
OPT_OUT = frozenset({"phoneNumber", "senderId"})
KNOWN = MESSAGE | DELIVERY | OPT_OUT
ANSWER, LIST = "SMSMessageData", "Messages"


def parse(body: bytes) -> list[InboundEvent]:
    """All events of one body, in its order. Never raises, never loses an item.

    What cannot be read becomes an event that is not understood and holds the item as it came.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        try:
            found = load(body)
        except Malformed:
            pass  # it may be a form whose first name is odd
        else:
            return [noted(event, *found.notes) for event in _tree(body, found.tree)]
    # A break at the end is a file's: in a form it would be escaped.
    fields, notes = fields_of(body.rstrip(b"\r\n"))
    if not fields.keys() & KNOWN:
        why = gettext_noop("neither a form of the gateway nor an answer of it")
        return [unreadable(CHANNEL, body, why, {"beginning": beginning_of(body)})]
    return [noted(event, *notes) for event in _item(fields)]


def is_form(body: bytes) -> bool:
    """Whether these bytes are a form of the gateway."""
    return bool(fields_of(body)[0].keys() & KNOWN)


def _tree(body: bytes, tree: object) -> list[InboundEvent]:
    """The answer to our asking; or one item, written as JSON."""
    answer = tree.get(ANSWER) if isinstance(tree, dict) else None
    if not isinstance(tree, dict) or not (isinstance(answer, dict) or tree.keys() & KNOWN):
        why = gettext_noop("neither a form of the gateway nor an answer of it")
        return [unreadable(CHANNEL, body, why, {"raw": tree})]
    if not isinstance(answer, dict):
        return _item(tree)
    return [
        *items_of(answer.get(LIST), read=_read, otherwise=not_understood),
        *unknown_lists(answer, known=(LIST,), otherwise=not_understood),
        *unknown_lists(tree, known=(ANSWER,), otherwise=not_understood),
    ] or [unreadable(CHANNEL, body, gettext_noop("an answer without messages"), {"raw": tree})]


def _item(fields: object) -> list[InboundEvent]:
    return item_of(fields, read=_read, otherwise=not_understood)


def _read(fields: dict[str, object]) -> Iterable[InboundEvent]:
    names = fields.keys()
    if names & MESSAGE:
        event, known = received(fields)
    elif names & DELIVERY:
        event, known = delivered(fields)
    elif names >= OPT_OUT:
        event, known = opted_out(fields)
    else:
        return []
    also = beside(fields, known=known)
    lists = {name: value for name, value in fields.items() if isinstance(value, list)}
    return [noted(event, data={"also": {**also, **lists}} if also or lists else None)]

"""Asking the gateway for messages whose form never reached us: it delivers each only once."""

import datetime as dt
from urllib.parse import urlencode

from nyumbani.inbox.channels.answers import is_good, object_in
from nyumbani.inbox.channels.outgoing import Missed, Outgoing, Refused, Unclear
from nyumbani.inbox.channels.registry import Recovery
from nyumbani.inbox.channels.sms.parse import ANSWER, LIST
from nyumbani.inbox.channels.sms.send import PATH, no

EVERY = dt.timedelta(minutes=5)


def ask(*, account: str, since: str) -> Outgoing:  # noqa: ARG001 - all our numbers are answered for
    """What came after the message `since`; from the beginning if that is empty."""
    return Outgoing("GET", f"{PATH}?{urlencode({'lastReceivedId': since or '0'})}")


def found(status: int, body: bytes) -> Missed | Refused | Unclear:
    """How many messages an answer holds, and the greatest id in it."""
    if not is_good(status):
        return no(status) or Unclear(f"HTTP {status}")
    said = object_in(body).get(ANSWER)
    messages = said.get(LIST) if isinstance(said, dict) else None
    if not isinstance(messages, list):
        return Unclear(f"HTTP {status} without what was asked for")
    return Missed(len(messages), _greatest(messages))


def _greatest(messages: list[object]) -> str:
    ids = [str(one.get("id") or "") for one in messages if isinstance(one, dict)]
    numbers = [one for one in ids if one.isascii() and one.isdigit() and len(one) <= 64]
    # Longer means greater, among numbers without zeros in front; other ids go by their order.
    if numbers:
        return max(numbers, key=lambda digits: (len(digits.lstrip("0")), digits.lstrip("0")))
    return next((one for one in reversed(ids) if one and len(one) <= 64), "")


RECOVERY = Recovery(ask=ask, found=found, every=EVERY)

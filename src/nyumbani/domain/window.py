"""The time in which a platform lets us write freely after a person last wrote to us.

Source: WhatsApp and Messenger platform rules as of mid-2026: 24 hours from the last inbound
message; afterwards an approved template (WhatsApp) or the human-agent tag (Messenger, 7 days).
"""

import datetime as dt
from dataclasses import dataclass

_LIFETIME = dt.timedelta(days=36_500)
MARGIN = dt.timedelta(minutes=2)  # clocks differ and queues wait: what we send must arrive inside


@dataclass(frozen=True, slots=True)
class Window:
    """Until when free words may be sent; no `closes_at` when she never wrote, or it is endless."""

    closes_at: dt.datetime | None
    is_endless: bool = False  # a channel without such a rule, such as SMS

    def is_open(self, now: dt.datetime) -> bool:
        """Whether a message that leaves now arrives inside."""
        if self.is_endless:
            return True
        return self.closes_at is not None and now < self.closes_at - MARGIN

    def left(self, now: dt.datetime) -> dt.timedelta:
        """How long it stays open; zero when closed, a lifetime when it never closes."""
        if self.is_endless:
            return _LIFETIME
        if self.closes_at is None:
            return dt.timedelta()
        return max(self.closes_at - now, dt.timedelta())


ENDLESS = Window(None, is_endless=True)


def window_after(last_inbound: dt.datetime | None, length: dt.timedelta | None) -> Window:
    """The window that her last message (by her sending time) opened; no `length`: it is endless."""
    if length is None:
        return ENDLESS
    return Window(None if last_inbound is None else last_inbound + length)

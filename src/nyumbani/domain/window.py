"""The time in which a platform lets us write freely after a person last wrote to us.

Source: WhatsApp and Messenger platform rules as of mid-2026: 24 hours from the last inbound
message; afterwards an approved template (WhatsApp) or the human-agent tag (Messenger, 7 days).
"""

import datetime as dt
from dataclasses import dataclass

MARGIN = dt.timedelta(minutes=2)  # clocks differ and queues wait: what we send must arrive inside


@dataclass(frozen=True, slots=True)
class Window:
    """Until when free words may be sent; no `closes_at` when she never wrote on this channel."""

    closes_at: dt.datetime | None

    def is_open(self, now: dt.datetime) -> bool:
        """Whether a message that leaves now arrives inside."""
        return self.closes_at is not None and now < self.closes_at - MARGIN

    def left(self, now: dt.datetime) -> dt.timedelta:
        """How long it stays open; zero when closed."""
        if self.closes_at is None:
            return dt.timedelta()
        return max(self.closes_at - now, dt.timedelta())


def window_after(last_inbound: dt.datetime | None, length: dt.timedelta) -> Window:
    """The window that her last message (by her sending time) opened."""
    return Window(None if last_inbound is None else last_inbound + length)

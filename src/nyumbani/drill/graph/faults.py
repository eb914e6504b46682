"""Trouble on order: each planned fault strikes the next requests it fits."""

import enum
import threading
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass


class Fault(enum.StrEnum):
    """What may go wrong with a request to the platform."""

    ANSWER_LATE = "answer_late"  # sent; statuses come at once, our answer after `seconds`
    DROPPED = "dropped"  # sent; statuses come, the connection dies without an answer
    SERVER_ERROR = "server_error"  # not sent: 503
    THROTTLED = "throttled"  # not sent: HTTP 429, code 130429
    PAIR_THROTTLED = "pair_throttled"  # not sent: code 131056
    FAILS_LATER = "fails_later"  # accepted, then a failed status (131026)
    REFUSED = "refused"  # not sent: never to this person
    BRINGING_AWAY = "bringing_away"  # 503 instead of taking a file of ours
    BRINGING_DROPPED = "bringing_dropped"  # a file of ours is taken, the answer never comes
    MEDIA_AWAY = "media_away"  # 503 instead of the file
    MEDIA_EXPIRED = "media_expired"  # 404 instead of the file: its address is too old
    MEDIA_ALTERED = "media_altered"  # another file than the one whose hash was told


SENDING = (
    Fault.SERVER_ERROR,
    Fault.THROTTLED,
    Fault.PAIR_THROTTLED,
    Fault.ANSWER_LATE,
    Fault.DROPPED,
    Fault.FAILS_LATER,
    Fault.REFUSED,
)
BRINGING = (Fault.BRINGING_AWAY, Fault.BRINGING_DROPPED)
FETCHING = (Fault.MEDIA_AWAY, Fault.MEDIA_EXPIRED, Fault.MEDIA_ALTERED)


@dataclass(frozen=True, slots=True)
class Planned:
    """One fault that will strike once."""

    fault: Fault
    seconds: float = 0.0
    about: str = ""  # strikes only a message with these words in it; empty: any


class Faults:
    """The list of faults to come, struck off in the order they were planned."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()  # how often each message was brought to us
        self._planned: deque[Planned] = deque()
        self._lock = threading.Lock()

    def plan(self, fault: Fault, *, times: int = 1, seconds: float = 0.0, about: str = "") -> None:
        """Let `fault` strike the next `times` requests it fits; `seconds` (real): how late.

        `about`: only requests to send a message with these words in it.
        """
        with self._lock:
            self._planned.extend([Planned(fault, seconds, about)] * times)

    def strike(self, fitting: Iterable[Fault], text: str = "") -> Planned | None:
        """The next planned fault of these kinds, struck off the list; None when all is well.

        `text` is the message that is to be sent, if it is one.
        """
        with self._lock:
            self.asked.update([text] if text else [])
            found = next(
                (one for one in self._planned if one.fault in fitting and one.about in text), None
            )
            if found:
                self._planned.remove(found)
            return found

    def clear(self) -> None:
        """All is well again."""
        with self._lock:
            self._planned.clear()

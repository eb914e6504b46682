"""Trouble on order: each planned fault strikes the next requests it fits."""

import enum
import threading
from collections import deque
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
)
FETCHING = (Fault.MEDIA_AWAY, Fault.MEDIA_EXPIRED, Fault.MEDIA_ALTERED)


@dataclass(frozen=True, slots=True)
class Planned:
    """One fault that will strike once."""

    fault: Fault
    seconds: float = 0.0


class Faults:
    """The list of faults to come, struck off in the order they were planned."""

    def __init__(self) -> None:
        self._planned: deque[Planned] = deque()
        self._lock = threading.Lock()

    def plan(self, fault: Fault, *, times: int = 1, seconds: float = 0.0) -> None:
        """Let `fault` strike the next `times` requests it fits; `seconds` (real): how late."""
        with self._lock:
            self._planned.extend([Planned(fault, seconds)] * times)

    def strike(self, fitting: Iterable[Fault]) -> Planned | None:
        """The next planned fault of these kinds, struck off the list; None when all is well."""
        with self._lock:
            found = next((planned for planned in self._planned if planned.fault in fitting), None)
            if found:
                self._planned.remove(found)
            return found

    def clear(self) -> None:
        """All is well again."""
        with self._lock:
            self._planned.clear()

"""How a worker waits when nothing is due: briefly, and without asking the database to write."""

import threading
from dataclasses import dataclass

from django.db import connection

SHORTEST = 0.05  # seconds
LONGEST = 0.5


@dataclass(slots=True)
class Halt:
    """Whether the worker was told to stop. A bare flag: a signal may set it amid anything."""

    asked: bool = False


class Pause:
    """A wait that grows while nothing comes, and ends early when something does.

    SQLite tells by a number when another connection has stored something (`data_version`), for
    which no lock is taken; so there a new job is found within 50 ms.
    """

    def __init__(self, halt: Halt) -> None:
        self._halt = halt
        self._nudge = threading.Event()
        self._length = SHORTEST
        self._seen = -1

    def nudge(self) -> None:
        """End the wait: something may have changed in this process."""
        self._nudge.set()

    def over(self) -> None:
        """Something came: begin again with short waits."""
        self._length = SHORTEST

    def wait(self) -> None:
        """Wait a little longer than last time, at most half a second."""
        left = self._length
        self._length = min(self._length * 2, LONGEST)
        while left > 0 and not self._halt.asked and not self._nudge.wait(min(left, SHORTEST)):
            left -= SHORTEST
            if self._has_changed():
                break
        self._nudge.clear()

    def _has_changed(self) -> bool:
        before, self._seen = self._seen, _data_version()
        return before not in {-1, self._seen}


def _data_version() -> int:
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])

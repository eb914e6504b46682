"""What time it is: the one place that asks, so that tests and the demo can set the answer.

All times are aware and in UTC; pages turn them into a reader's zone.
"""

import datetime as dt
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from nyumbani.kit.wholefile import write_whole

UTC = dt.UTC

_held: ContextVar[dt.datetime | None] = ContextVar("held", default=None)
_source: list[Callable[[], dt.datetime]] = []


def real_now() -> dt.datetime:
    """Wall-clock time, whatever the demo says: leases, key ages, rate limits."""
    return dt.datetime.now(tz=UTC)


def now() -> dt.datetime:
    """The time the house lives in: real, held by a test, or moved by the demo's slider."""
    held = _held.get()
    if held is not None:
        return held
    return _source[-1]() if _source else real_now()


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Hold the clock at `moment` (aware) inside the block."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    token = _held.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)


def follow(file: Path) -> None:
    """Take the time from a clock file that several processes share (see `ClockFile`)."""
    shared = ClockFile(file)
    _source[:] = [shared.now]


class ClockFile:
    """A moved clock that web and worker processes read alike: it runs on from where it was set."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._seen: tuple[int, float] | None = None  # (file mtime in ns, offset in seconds)

    def now(self) -> dt.datetime:
        """Real time plus the offset last set; real time if the file is not there yet."""
        try:
            stamp = self.file.stat().st_mtime_ns
            if self._seen is None or self._seen[0] != stamp:
                self._seen = (stamp, float(json.loads(self.file.read_text())["offset"]))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return real_now()
        return dt.datetime.fromtimestamp(time.time() + self._seen[1], tz=UTC)

    def set(self, moment: dt.datetime) -> None:
        """Move the clock to `moment`; written whole, so a reader never sees half a file."""
        offset = (moment - real_now()).total_seconds()
        write_whole(self.file, json.dumps({"offset": offset}))

"""Moments on a telephone's clock: datetimes from headers, and what is doubtful about them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import le
from zoneinfo import ZoneInfo

from nyumbani.chats.chat_exports import moments
from nyumbani.chats.chat_exports.marks import bare
from nyumbani.chats.chat_exports.moments import Order
from nyumbani.chats.chat_exports.remembered import Remembered
from nyumbani.chats.chat_exports.said import BACKWARD, NEVER, TWICE

Moments = Sequence[dt.datetime | None]


class NoMoment(ValueError):
    """These numbers are no day, or no time."""


class Calendar:
    """Reads the dates and times of one export, in one zone or (None) in none."""

    def __init__(self, order: Order, zone: ZoneInfo | None, *, has_seconds: bool) -> None:
        self.order, self.zone, self.has_seconds = order, zone, has_seconds
        self.days = Remembered(self._day)
        self.times = Remembered(_time)
        self.changes: set[dt.date] = set()  # days on which the clock is changed
        self.last = dt.datetime.min.replace(tzinfo=zone)
        self.is_second = False  # in an hour that comes twice: it has come before

    def moments(self, days: Iterable[bytes], times: Sequence[bytes]) -> list[dt.datetime | None]:
        """All of them in one go. Raises NoMoment if one is none."""
        dates = list(map(self.days.__getitem__, days))
        clocks = self._whole_clocks(times) if self.has_seconds else None
        if clocks is None:
            clocks = list(map(self.times.__getitem__, times))
        return list(map(dt.datetime.combine, dates, clocks, repeat(self.zone)))

    def moment(self, day: bytes, time: bytes) -> dt.datetime | None:
        """What one header means, if anything."""
        try:
            return dt.datetime.combine(self.days[day], self.times[time], self.zone)
        except NoMoment:
            return None

    @staticmethod
    def _whole_clocks(times: Sequence[bytes]) -> list[dt.time] | None:
        """All at once if they stand as 21:15:07: there are too many such times to remember them."""
        try:
            return list(map(dt.time.fromisoformat, map(bytes.decode, times)))
        except ValueError:
            return None

    def settled(self, found: Moments) -> tuple[Moments, Sequence[tuple[str, ...]] | None]:
        """The next moments of the file and what is doubtful about each; None: nothing is.

        Of an hour that comes twice it is told which of the two is meant, by what stood before.
        """
        if self._is_calm(found):
            if found:
                self.last = found[-1] or self.last
            return found, None
        pairs = [self._settled(at) for at in found]
        return [at for at, _ in pairs], [flags for _, flags in pairs]

    def _is_calm(self, found: Moments) -> bool:
        if not all(found):
            return False
        known = [self.last, *found]
        if not all(map(le, known, found)):  # type: ignore[arg-type]
            return False
        first, last = known[0].date(), known[-1].date()  # type: ignore[union-attr]
        return not any(first <= day <= last for day in self.changes)

    def _settled(self, at: dt.datetime | None) -> tuple[dt.datetime | None, tuple[str, ...]]:
        if at is None:
            return at, ()
        is_backward, self.last = at < self.last, at
        flags = _of_the_clock(at) if at.date() in self.changes else ()
        if TWICE in flags:
            # Time that runs backwards in such an hour has reached its second coming.
            self.is_second |= is_backward
            return at.replace(fold=int(self.is_second)), flags
        self.is_second = False
        return at, flags or ((BACKWARD,) if is_backward else ())

    def _day(self, day: bytes) -> dt.date:
        date = moments.date_of(bare(day.decode("utf-8", "replace")), self.order)
        if date is None:
            raise NoMoment
        if self.zone is not None:
            begins = dt.datetime.combine(date, dt.time(), self.zone)
            if begins.utcoffset() != (begins + dt.timedelta(days=1)).utcoffset():
                self.changes.add(date)
        return date


def _time(time: bytes) -> dt.time:
    found = moments.time_of(bare(time.decode("utf-8", "replace")))
    if found is None:
        raise NoMoment
    return dt.time(*found)


def _of_the_clock(at: dt.datetime) -> tuple[str, ...]:
    if at.utcoffset() == at.replace(fold=1).utcoffset():
        return ()
    back = at.astimezone(dt.UTC).astimezone(at.tzinfo)
    return (TWICE,) if back.replace(tzinfo=None) == at.replace(tzinfo=None) else (NEVER,)

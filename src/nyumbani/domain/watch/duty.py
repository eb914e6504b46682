"""Whose turn it is: weekly shifts where people live, what was handed over, and what is missing.

A shift's hours are those on the clocks of its zone. When these are put forward or back it becomes
shorter or longer, and the next still begins where it ends.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

_DAY = dt.timedelta(days=1)


class Tier(StrEnum):
    """Who is asked first, who stands in, and the hours in which the office itself answers."""

    FIRST = "first"
    SECOND = "second"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours of some weekdays in a zone; one that ends at or before its start passes midnight."""

    id: str
    staff: str  # empty: the office's hours, or nobody any more
    tier: Tier
    days: frozenset[int]  # 0 is Monday, as in datetime.weekday
    start: dt.time
    end: dt.time
    zone: ZoneInfo
    first: dt.date
    last: dt.date | None = None  # the last day on which it begins
    was: str = ""  # who had it and left

    def falls_on(self, day: dt.date) -> bool:
        """Whether it begins on this day of its zone."""
        in_time = self.first <= day and (self.last is None or day <= self.last)
        return in_time and day.weekday() in self.days


@dataclass(frozen=True, slots=True)
class Turn:
    """One shift on one day, whoever has it then; `staff` is empty where nobody does."""

    shift: str
    day: dt.date
    tier: Tier
    staff: str
    was: str  # who had it before, if it was handed over or they left
    begins: dt.datetime
    ends: dt.datetime


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who is asked now, in order; `why` says what is missing, empty if nothing is."""

    first: tuple[Turn, ...] = ()
    second: tuple[Turn, ...] = ()
    is_office_open: bool = False
    why: str = ""  # nobody | second_stands_in

    @property
    def asked(self) -> tuple[str, ...]:
        """Who answers now: the first tier, and where that is empty the second."""
        return tuple(dict.fromkeys(turn.staff for turn in self.first or self.second))


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nobody is on duty and the office is closed; `missing` left it open."""

    begins: dt.datetime
    ends: dt.datetime
    missing: tuple[str, ...] = ()
    has_second: bool = False  # somebody of the second tier is there all through


Handed = Mapping[tuple[str, dt.date], str]
"""Who has a shift on a day instead, by shift and day; empty: nobody."""


def turns(
    shifts: Iterable[Shift], begins: dt.datetime, ends: dt.datetime,
    *, handed: Handed | None = None, able: AbstractSet[str] | None = None,
) -> list[Turn]:  # fmt: skip
    """Every turn that touches this time, the earliest first.

    Who is not among the `able` (left, or may not open cases any more) has no turn: it stands there
    as nobody's, with their name as the one who had it.
    """
    found = [
        _turn(shift, day, handed or {}, able)
        for shift in shifts
        for day in _days(begins.astimezone(shift.zone), ends.astimezone(shift.zone))
        if shift.falls_on(day)
    ]
    touching = [turn for turn in found if turn.begins < ends and turn.ends > begins]
    return sorted(touching, key=lambda turn: (turn.begins, turn.tier, turn.shift))


def whose_turn(found: Sequence[Turn], now: dt.datetime) -> OnDuty:
    """Who is on duty at this moment; its first instant belongs to a turn, its last does not."""
    here = [turn for turn in found if turn.begins <= now < turn.ends]
    first = tuple(turn for turn in here if turn.tier == Tier.FIRST and turn.staff)
    second = tuple(turn for turn in here if turn.tier == Tier.SECOND and turn.staff)
    is_open = any(turn.tier == Tier.OFFICE for turn in here)
    why = "" if first else "second_stands_in" if second else "nobody"
    return OnDuty(first, second, is_open, why)


def gaps(found: Sequence[Turn], begins: dt.datetime, ends: dt.datetime) -> list[Gap]:
    """When nobody of the first tier is there and the office is closed, with who is missing."""
    covers = [turn for turn in found if turn.tier == Tier.OFFICE or _has(turn, Tier.FIRST)]
    seconds = [turn for turn in found if _has(turn, Tier.SECOND)]
    holes = _holes(covers, begins, ends)
    return [
        Gap(start, end, _missing(found, start, end), not _holes(seconds, start, end))
        for start, end in holes
    ]


def _has(turn: Turn, tier: Tier) -> bool:
    return turn.tier == tier and bool(turn.staff)


def _missing(found: Sequence[Turn], start: dt.datetime, end: dt.datetime) -> tuple[str, ...]:
    left = [
        turn.was for turn in found
        if turn.tier == Tier.FIRST and not turn.staff and turn.begins < end and turn.ends > start
    ]  # fmt: skip
    return tuple(dict.fromkeys(name for name in left if name))


def _holes(
    covers: Sequence[Turn], begins: dt.datetime, ends: dt.datetime
) -> list[tuple[dt.datetime, dt.datetime]]:
    found, reached = [], begins
    for turn in sorted(covers, key=lambda turn: turn.begins):
        if turn.begins > reached:
            found.append((reached, min(turn.begins, ends)))
        reached = max(reached, turn.ends)
        if reached >= ends:
            return found
    if reached < ends:
        found.append((reached, ends))
    return found


def _turn(shift: Shift, day: dt.date, handed: Handed, able: AbstractSet[str] | None) -> Turn:
    last = day if shift.end > shift.start else day + _DAY
    given = handed.get((shift.id, day))
    staff = shift.staff if given is None else given
    was = shift.was if given is None else shift.staff or shift.was
    if able is not None and staff and staff not in able:
        staff, was = "", staff
    return Turn(
        shift.id, day, shift.tier, staff, was,
        _moment(day, shift.start, shift.zone), _moment(last, shift.end, shift.zone),
    )  # fmt: skip


def _days(begins: dt.datetime, ends: dt.datetime) -> list[dt.date]:
    """The days on which something can begin that touches this time: the eve is one of them."""
    first = begins.date() - _DAY
    return [first + _DAY * ahead for ahead in range((ends.date() - first).days + 1)]


def _moment(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, time, zone).astimezone(dt.UTC)

"""Who is on duty. All staff may know that; it says nothing of anybody in distress."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from nyumbani.accounts import queries as staff
from nyumbani.accounts.queries import Colleague
from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.watch import duty
from nyumbani.domain.watch.duty import Gap, OnDuty, Turn
from nyumbani.kit import clock
from nyumbani.watch.models.duty import Handover, Shift
from nyumbani.watch.permissions import may_be_on_duty, may_plan_duty
from nyumbani.watch.terms import AHEAD

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """A turn with the names of who has it and who had it before."""

    turn: Turn
    who: str
    was: str

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.turn.shift}.{self.turn.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Missing:
    """A time in which nobody is on duty, with the names of who left it open."""

    gap: Gap
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weekly:
    """A shift as the roster shows it."""

    shift: Shift
    who: str
    days: tuple[int, ...]
    tier: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything the page of the roster shows."""

    now: OnDuty
    names: tuple[str, ...]  # who is asked now
    weekly: list[Weekly]
    ahead: list[Named]
    gaps: list[Missing]


def able(viewer: Viewer) -> list[Colleague]:
    """Who can be on duty: whoever works here and may open somebody else's case with a reason."""
    return [one for one in staff.colleagues(viewer) if may_be_on_duty(one.roles)]


def on_duty(viewer: Viewer) -> OnDuty:
    """Who is on duty at this moment."""
    now = clock.now()
    return duty.whose_turn(_turns(viewer, now - _DAY, now + _DAY), now)


def names_on_duty(viewer: Viewer, here: OnDuty) -> tuple[str, ...]:
    """... by name, in the order in which they are asked."""
    names = staff.names_of(viewer, here.asked)
    return tuple(names[one] for one in here.asked if one in names)


def is_on_duty(viewer: Viewer, here: OnDuty) -> bool:
    """Whether the viewer is asked now."""
    return viewer.staff_id in here.asked


def gaps(viewer: Viewer) -> list[Missing]:
    """When nobody is on duty in the next fourteen days; for those who plan it."""
    return _gaps(viewer, _ahead(viewer), clock.now()) if may_plan_duty(viewer) else []


def roster(viewer: Viewer) -> Roster:
    """Who is on duty now and in the next fourteen days, week by week, and what is missing."""
    now, found = clock.now(), _ahead(viewer)
    here = duty.whose_turn(found, now)
    weekly = [
        Weekly(row, str(row.staff or ""), tuple(map(int, row.days)), row.get_tier_display())
        for row in _shifts(now.date() - _DAY)
    ]
    ahead = [turn for turn in found if turn.tier != duty.Tier.OFFICE]
    return Roster(
        here, names_on_duty(viewer, here), weekly, _named(viewer, ahead), _gaps(viewer, found, now)
    )


def turn(viewer: Viewer, key: str) -> Turn | None:
    """One turn of the next fourteen days that the viewer may hand over: theirs, or as who plans."""
    return next((one.turn for one in turns_to_hand_over(viewer) if one.key == key), None)


def any_turn(viewer: Viewer, key: str) -> Turn | None:
    """One turn of the next fourteen days, whoever has it: to be taken in exchange."""
    return next((one.turn for one in all_turns(viewer) if one.key == key), None)


def all_turns(viewer: Viewer) -> list[Named]:
    """The turns of the next fourteen days."""
    return _named(viewer, [one for one in _ahead(viewer) if one.tier != duty.Tier.OFFICE])


def turns_to_hand_over(viewer: Viewer) -> list[Named]:
    """Turns of the next fourteen days that the viewer may hand over."""
    plans = may_plan_duty(viewer)
    theirs = viewer.staff_id
    return [one for one in all_turns(viewer) if plans or one.turn.staff == theirs]


def shift(viewer: Viewer, shift_id: str) -> Shift | None:
    """One shift, to end it; for those who plan."""
    return Shift.objects.filter(pk=shift_id).first() if may_plan_duty(viewer) else None


def _ahead(viewer: Viewer) -> list[Turn]:
    now = clock.now()
    return _turns(viewer, now, now + AHEAD)


def _turns(viewer: Viewer, begins: dt.datetime, ends: dt.datetime) -> list[Turn]:
    first = begins.date() - 2 * _DAY  # in every zone, and with the eve
    rows = Handover.objects.filter(day__gte=first, day__lte=ends.date() + _DAY)
    handed = {(row.shift_id, row.day): row.taker_id for row in rows.order_by("made_at", "id")}
    shifts = [_as_rule(row) for row in _shifts(first)]
    here = frozenset(one.staff_id for one in able(viewer)) if shifts else frozenset()
    return duty.turns(shifts, begins, ends, handed=handed, able=here)


def _shifts(first: dt.date) -> Iterable[Shift]:
    over = Shift.objects.filter(last_day__lt=first)
    return Shift.objects.exclude(pk__in=over.values("pk")).select_related("staff")


def _as_rule(row: Shift) -> duty.Shift:
    gone = row.left_at is not None
    staff_id = row.staff_id or ""
    return duty.Shift(
        row.pk, "" if gone else staff_id, duty.Tier(row.tier), frozenset(map(int, row.days)),
        row.start, row.end, ZoneInfo(row.zone), row.first_day, row.last_day,
        staff_id if gone else "",
    )  # fmt: skip


def _named(viewer: Viewer, found: Sequence[Turn]) -> list[Named]:
    names = staff.names_of(viewer, {one for turn in found for one in (turn.staff, turn.was)})
    return [Named(one, names.get(one.staff, ""), names.get(one.was, "")) for one in found]


def _gaps(viewer: Viewer, found: Sequence[Turn], now: dt.datetime) -> list[Missing]:
    holes = duty.gaps(found, now, now + AHEAD)
    names = staff.names_of(viewer, {one for gap in holes for one in gap.missing})
    return [Missing(gap, tuple(names.get(one, "") for one in gap.missing)) for gap in holes]

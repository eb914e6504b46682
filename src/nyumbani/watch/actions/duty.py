"""Planning who is on duty, handing it over, and what stays open when somebody leaves."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.domain.watch.duty import Turn
from nyumbani.kit import clock, ids
from nyumbani.vault import terms as vault
from nyumbani.watch.models.duty import Handover, Shift
from nyumbani.watch.models.figures import Figure
from nyumbani.watch.terms import Tier


class NotTheirs(Exception):
    """The turn is nobody's, or already the taker's: there is nothing to hand over."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When a shift is: some weekdays, on the clocks of a zone, from a day until a day."""

    days: frozenset[int]
    start: dt.time
    end: dt.time
    zone: str
    first_day: dt.date
    last_day: dt.date | None = None


@transaction.atomic
def plan_shift(*, staff_id: str, tier: Tier, hours: Hours, by: Actor) -> Shift:
    """A colleague is on duty at these hours; for office hours `staff_id` is empty."""
    shift_id = ids.new()
    record(by=by, verb="shift.planned", about=f"shift:{shift_id}", tier=tier.value)
    row = Shift(
        id=shift_id, staff_id=staff_id or None, tier=tier,
        days="".join(map(str, sorted(hours.days))), start=hours.start, end=hours.end,
        zone=hours.zone, first_day=hours.first_day, last_day=hours.last_day, made_at=clock.now(),
        made_by_id=by.staff_id,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


@transaction.atomic
def end_shift(*, shift: Shift, by: Actor) -> None:
    """It begins no more from today on; one that never began stays for its first day."""
    record(by=by, verb="shift.ended", about=f"shift:{shift.pk}")
    today = clock.now().date()
    shift.last_day = max(shift.first_day, today - dt.timedelta(days=1))
    shift.save(update_fields=["last_day"])


@transaction.atomic
def hand_over(*, turn: Turn, taker: str, why: str, by: Actor) -> Handover:
    """A colleague takes this one turn; raises `NotTheirs` where nobody has it, or they do."""
    giver = turn.staff or turn.was
    if not giver or giver == taker:
        raise NotTheirs
    handover_id = ids.new()
    record(
        by=by, verb="shift.handed_over", about=f"shift:{turn.shift}", handover=handover_id,
        giver=f"staff:{giver}", taker=f"staff:{taker}",
    )  # fmt: skip
    row = Handover(
        id=handover_id, seal_scope=vault.HOUSE, shift_id=turn.shift, day=turn.day, giver_id=giver,
        taker_id=taker, why=why, made_at=clock.now(), made_by_id=by.staff_id,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


@transaction.atomic
def swap(*, turn: Turn, other: Turn, why: str, by: Actor) -> None:
    """Two colleagues take each other's turn; raises `NotTheirs` unless both have one."""
    if not (turn.staff and other.staff) or turn.staff == other.staff:
        raise NotTheirs
    hand_over(turn=turn, taker=other.staff, why=why, by=by)
    hand_over(turn=other, taker=turn.staff, why=why, by=by)


@transaction.atomic
def leave_roster(*, staff_id: str, by: Actor) -> None:
    """Somebody is not asked at night any more: their shifts become gaps with their name."""
    shifts = Shift.objects.filter(staff=staff_id, left_at=None)
    if not shifts.exists():
        return
    record(by=by, verb="roster.left", about=f"staff:{staff_id}")
    shifts.update(left_at=clock.now())


@transaction.atomic
def set_figure(*, name: str, minutes: int, by: Actor) -> None:
    """From now on this many minutes count, for the whole house."""
    record(by=by, verb="figure.set", about=f"figure:{name.replace('.', ':')}", minutes=minutes)
    Figure.objects.update_or_create(
        name=name,
        defaults={"minutes": minutes, "set_at": clock.now(), "set_by_id": by.staff_id},
    )

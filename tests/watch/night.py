"""A house at night, for the tests of the watch: who is on duty, who wrote last when."""

import datetime as dt

from nyumbani.kit import clock
from nyumbani.watch.actions import duty, sweeping
from nyumbani.watch.actions.duty import Hours
from nyumbani.watch.models.silences import Silence
from nyumbani.watch.terms import Tier
from tests.people_here import actor

EVERY_DAY = frozenset(range(7))
HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
EVENING = dt.datetime(2014, 7, 14, 17, tzinfo=dt.UTC)  # 20:00 in Nairobi


def on_nights(staff, by, *, tier=Tier.FIRST, days=EVERY_DAY):
    """On duty from 18:00 to 06:00 on these days, on the clocks of Nairobi."""
    hours = Hours(
        days, dt.time(18), dt.time(6), "Africa/Nairobi", clock.now().date() - dt.timedelta(days=7)
    )
    return duty.plan_shift(staff_id=staff.pk, tier=tier, hours=hours, by=actor(by))


def look_at(moment) -> sweeping.Looked:
    """The watch goes round at this moment."""
    with clock.at(moment):
        return sweeping.look(by=sweeping.WATCH)


def awake(until, since=None):
    """The watch has looked every five minutes without a break."""
    from nyumbani.watch.models.figures import Round

    Round.objects.update_or_create(pk=1, defaults={"looked_at": until - 5 * MINUTE})


def open_silences() -> list[Silence]:
    return list(Silence.objects.filter(settled_at=None).order_by("since"))

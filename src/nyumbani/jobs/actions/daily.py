"""What is done once a day: one job, planned for the next morning, that plans its successor."""

import datetime as dt

from django.utils import timezone

from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer

KIND = "jobs.daily"
MORNING = dt.time(4)  # the house's time and zone: before anybody comes in, after the night's backup


def plan(*, by: Doer) -> None:
    """Have the day's tidying done next morning, unless that stands in the queue already.

    There is never more than one: a house that was switched off for a week tidies once.
    """
    enqueue(kind=KIND, data={}, key=KIND, not_before=next_morning(clock.now()), by=by)


def next_morning(now: dt.datetime) -> dt.datetime:
    """The first morning after this moment."""
    zone = timezone.get_default_timezone()
    today = now.astimezone(zone).date()
    mornings = (dt.datetime.combine(today + dt.timedelta(days), MORNING, zone) for days in (0, 1))
    return next(morning for morning in mornings if morning > now)

"""What the worker does for the watch, and what the watch does when somebody leaves."""

from django.db import transaction

from nyumbani.accounts.leaving import Leaving
from nyumbani.jobs.registry import Running, handler, standing
from nyumbani.watch.actions import duty, sweeping
from nyumbani.watch.actions.sweeping import WATCH
from nyumbani.watch.permissions import may_be_on_duty


@handler(sweeping.KIND, outside=True)
def sweep(job: Running) -> None:
    """Go round once, and plan the next time together with the done-mark.

    Counted as work outside so that no transaction surrounds the look over everybody.
    """
    sweeping.look(by=WATCH)
    with transaction.atomic():
        job.done()  # first, so that its key is free for the successor
        sweeping.plan_next(by=WATCH)


standing("watch.sweep", sweeping.plan)


def before_leaving(leaving: Leaving) -> list[str]:
    """Who leaves, or may not be asked at night any more, leaves named gaps in the roster.

    Nothing of it must be taken over first: whoever plans sees the gaps on their Today.
    """
    if not may_be_on_duty(leaving.roles):
        duty.leave_roster(staff_id=leaving.staff_id, by=leaving.by)
    return []

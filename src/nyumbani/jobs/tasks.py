"""Once a day: what nobody will look at again is forgotten, here and in rooms that ask for it."""

import datetime as dt
import time

import structlog
from django.db import transaction

from nyumbani.jobs import registry
from nyumbani.jobs.actions import daily, prune
from nyumbani.jobs.registry import Daily, Running
from nyumbani.kit.doer import Doer, System
from nyumbani.kit.traces import place_of

log = structlog.get_logger("nyumbani.jobs")

KEPT = dt.timedelta(days=30)
"""How long jobs that were done, or laid aside, can still be looked at."""

TIDIER = System("tidier")
BATCH = 500  # rows a transaction
_MOST = 2000  # batches a verb and day: what is left then is done tomorrow
_BREATH = 0.02  # seconds between two batches, for others who want to write


@registry.handler(daily.KIND, outside=True)
def tidy(job: Running) -> None:
    """Do what is done every day, and plan tomorrow's together with the done-mark.

    A verb that fails stops no other; then the job rests and comes again, as any job.
    """
    verbs = registry.daily_verbs()
    failed: list[Exception] = []
    for number, (name, verb) in enumerate(verbs, start=1):
        try:
            log.info("tidied", name=name, rows=_all_of(verb, job))
        except Exception as error:  # noqa: BLE001 - raised below, when all had their turn
            log.warning("tidying_failed", name=name, error=place_of(error))
            failed.append(error)
        job.progress(number, len(verbs))
    if failed:
        raise failed[0]
    with transaction.atomic():
        job.done()  # first, so that its key is free for the successor
        daily.plan(by=TIDIER)


def _all_of(verb: Daily, job: Running) -> int:
    rows = 0
    for _batch in range(_MOST):
        done = verb(by=TIDIER)
        if not done:
            break
        rows += done
        job.heartbeat()
        time.sleep(_BREATH)
    return rows


def forget_old_jobs(*, by: Doer) -> int:
    """Forget some of the jobs that ended longer ago than `KEPT`; returns how many."""
    return prune(by=by, older_than=KEPT, limit=BATCH)


registry.daily("jobs.prune", forget_old_jobs)

"""What a worker does to a job: claim it, say that it lives, finish, fail or give it back.

Whoever claims gets a token; every later word about the job carries it, and a word with an old
token changes nothing (`LeaseLost`). So a worker that was thought dead cannot undo what the next
one did, whatever the clocks say.

Clocks. Leases and rests are real time: a demo that moves the house's clock neither frees a
running job nor strands a waiting one. Appointments (`not_before`) are the house's time: a clock
moved forward makes them due, one moved back makes them wait again. What was asked for at once has
no appointment and is due whatever the clock says. A rest after a failure ends by whichever clock
comes first, so a clock moved back cannot strand it. If the real clock is set forward, leases seem
to run out: the job may be started a second time, and the token decides whose work counts. If it is
set back, a lease ending further ahead than the longest lease there is counts as run out.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F, QuerySet

from nyumbani.jobs import terms
from nyumbani.jobs.models import Job
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import Doer

# One job whose worker broke off comes alone: if it is what kills workers, nobody dies with it.
_CLAIM = """
WITH lost AS (
  SELECT id FROM jobs_job
  WHERE state = 'running' AND outside = %(outside)s
    AND (lease_until < %(real)s OR lease_until > %(horizon)s)
  ORDER BY lease_until LIMIT 1 {skip}
), planned AS (
  SELECT id FROM jobs_job
  WHERE state = 'waiting' AND outside = %(outside)s AND not_before IS NOT NULL
    AND not_before <= %(house)s AND NOT EXISTS (SELECT 1 FROM lost)
  ORDER BY not_before LIMIT %(limit)s {skip}
), rested AS (
  SELECT id FROM jobs_job
  WHERE state = 'waiting' AND outside = %(outside)s AND rest_until IS NOT NULL
    AND rest_until <= %(real)s AND NOT EXISTS (SELECT 1 FROM lost)
  ORDER BY rest_until LIMIT %(limit)s {skip}
), at_once AS (
  SELECT id FROM jobs_job
  WHERE state = 'waiting' AND outside = %(outside)s AND not_before IS NULL
    AND NOT EXISTS (SELECT 1 FROM lost)
  ORDER BY id LIMIT %(limit)s {skip}
)
UPDATE jobs_job
SET state = 'running', lease_token = %(token)s, lease_until = %(until)s, held_by = %(by)s,
    attempts = attempts + 1, not_before = NULL, rest_until = NULL
WHERE id IN (
  SELECT id FROM (
    SELECT id FROM lost UNION ALL SELECT id FROM planned
    UNION ALL SELECT id FROM rested UNION ALL SELECT id FROM at_once
  ) AS due LIMIT %(limit)s
)
RETURNING id, kind, data, attempts, max_attempts
"""
# PostgreSQL: several claim side by side. SQLite: transactions begin IMMEDIATE, so one at a time.
_SKIP = {"postgresql": "FOR UPDATE SKIP LOCKED", "sqlite": ""}

# By hand, for it is said of every job: Django would take longer to word it than SQLite to do it.
_FINISH = """
UPDATE jobs_job
SET state = 'done', finished_at = %(now)s, last_error = '',
    lease_until = NULL, lease_token = '', held_by = ''
WHERE id = %(id)s AND state = 'running' AND lease_token = %(token)s AND held_by = %(by)s
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that somebody holds until the lease runs out."""

    id: str
    kind: str
    data: dict[str, str | int]
    attempt: int
    max_attempts: int
    token: str
    lease: dt.timedelta


@transaction.atomic
def claim(
    *, by: Doer, limit: int = 1, outside: bool = False, lease: dt.timedelta = terms.LEASE
) -> list[Claimed]:
    """Take up to `limit` jobs that are due, or one whose worker broke off, for `lease`."""
    if lease > terms.LONGEST_LEASE:
        raise ValueError("no lease is longer than LONGEST_LEASE")
    real = clock.real_now()
    given: dict[str, str | int | None] = {
        "outside": outside,
        "limit": limit,
        "token": (token := ids.new()),
        "by": by.ledger_name,
        "house": _moment(clock.now()),
        "real": _moment(real),
        "until": _moment(real + lease),
        # Twice: a worker whose own clock runs ahead by less than the longest lease is believed.
        "horizon": _moment(real + 2 * terms.LONGEST_LEASE),
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM.format(skip=_SKIP[connection.vendor]), given)
        rows = cursor.fetchall()
    return sorted((_claimed(row, token, lease) for row in rows), key=lambda job: job.id)


@transaction.atomic
def heartbeat(*, by: Doer, jobs: Sequence[Claimed]) -> list[Claimed]:
    """Hold these jobs for another lease; returns those that are still held."""
    if not jobs:
        return []
    mine = Job.objects.filter(
        pk__in=[job.id for job in jobs],
        lease_token__in={job.token for job in jobs},
        held_by=by.ledger_name,
    )
    mine.update(lease_until=clock.real_now() + max(job.lease for job in jobs))
    held = set(mine.values_list("pk", "lease_token"))
    return [job for job in jobs if (job.id, job.token) in held]


def finish(*, by: Doer, job: Claimed) -> None:
    """Set the done-mark; raises `LeaseLost` when somebody else has the job.

    In one transaction with the job's effects this makes them happen exactly once.
    """
    given = {"id": job.id, "token": job.token, "by": by.ledger_name, "now": _moment(clock.now())}
    with connection.cursor() as cursor:
        cursor.execute(_FINISH, given)
        if cursor.rowcount != 1:
            raise terms.LeaseLost


def note(*, by: Doer, job: Claimed, done: int, total: int) -> None:
    """Show how far the job is and hold it for another lease; raises `LeaseLost`."""
    _change(
        _held(job, by),
        progress_done=min(done, total),
        progress_total=total,
        lease_until=clock.real_now() + job.lease,
    )


def fail(*, by: Doer, job: Claimed, error: str, rest: dt.timedelta) -> None:
    """Give the job back to be tried again after `rest`; raises `LeaseLost`.

    `error` is the exception's class and place, never its message.
    """
    _change(
        _held(job, by),
        state=terms.State.WAITING,
        not_before=clock.now() + rest,
        rest_until=clock.real_now() + rest,
        last_error=error[:200],
        **_LET_GO,
    )


def bury(*, by: Doer, job: Claimed, error: str, death: terms.Death) -> None:
    """Make the job a dead letter, which waits for a person; raises `LeaseLost`."""
    _change(
        _held(job, by),
        state=terms.State.DEAD,
        death=death,
        finished_at=clock.now(),
        last_error=error[:200],
        **_LET_GO,
    )


@transaction.atomic
def release(*, by: Doer, jobs: Sequence[Claimed]) -> None:
    """Give jobs back that were claimed and not begun; it does not count as a try."""
    for job in jobs:
        _held(job, by).update(state=terms.State.WAITING, attempts=F("attempts") - 1, **_LET_GO)


_LET_GO = {"lease_until": None, "lease_token": "", "held_by": ""}  # nosec B105


def _moment(at: dt.datetime) -> str | None:
    return connection.ops.adapt_datetimefield_value(at)


def _held(job: Claimed, by: Doer) -> QuerySet[Job]:
    return Job.objects.filter(
        pk=job.id,
        state=terms.State.RUNNING,
        lease_token=job.token,
        held_by=by.ledger_name,
    )


def _change(rows: QuerySet[Job], **values: object) -> None:
    if rows.update(**values) != 1:
        raise terms.LeaseLost


def _claimed(
    row: tuple[str, str, str | dict[str, str | int], int, int], token: str, lease: dt.timedelta
) -> Claimed:
    job_id, kind, stored, attempt, most = row
    data = json.loads(stored) if isinstance(stored, str) else stored
    return Claimed(job_id, kind, data, attempt, most, token, lease)

"""What rooms and people do with the queue: ask for work, start it again, lay it aside.

What workers do stands in nyumbani.jobs.actions.leases.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from django.db import transaction

from nyumbani.jobs import registry, terms
from nyumbani.jobs.models import UNFINISHED, Job
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import Doer
from nyumbani.kit.rows import Insert, Value

log = structlog.get_logger("nyumbani.jobs")

Data = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Wish:
    """A job to be; the fields are those of `enqueue`."""

    kind: str
    data: Data = field(default_factory=dict)
    key: str | None = None
    not_before: dt.datetime | None = None
    max_attempts: int = terms.MAX_ATTEMPTS


def enqueue(
    *,
    kind: str,
    data: Data,
    by: Doer,
    key: str | None = None,
    not_before: dt.datetime | None = None,
    max_attempts: int = terms.MAX_ATTEMPTS,
) -> str | None:
    """Have this work done after the surrounding transaction, if and only if that is kept.

    `data` holds ids and numbers; what could be personal raises `NotForTheQueue`. `not_before` is
    the house's time. Returns the job's id, or None when an unfinished job has the same `key`:
    give a key only where one run serves all who asked. A plain kind reads after it has begun, so
    it sees what the asker wrote; an outside kind may already have read, so it must look again.
    """
    return enqueue_many(by=by, wishes=[Wish(kind, data, key, not_before, max_attempts)])[0]


def enqueue_many(*, by: Doer, wishes: Sequence[Wish]) -> list[str | None]:
    """Have all this work done, asked for in one statement; ids in the order of the wishes.

    None stands where an unfinished job, or an earlier wish, has the same key.
    """
    rows = [_row(wish, by) for wish in wishes]
    # No savepoint: the event's transaction has one more statement, not three.
    with transaction.atomic(savepoint=False):
        stored = _INSERT.store(rows)
    return [row[0] if row[0] in stored else None for row in rows]


@transaction.atomic
def retry(*, by: Doer, job_id: str) -> None:
    """Start a dead letter again as if it had never been tried.

    Raises `NotDead`, or `SameWorkWaits` when an unfinished job has the same key. People come here
    through nyumbani.workflows.dead_letters, which writes the ledger's line.
    """
    job = _dead(job_id)
    if job.key and Job.objects.filter(key=job.key, state__in=UNFINISHED).exists():
        raise terms.SameWorkWaits
    job.state, job.death, job.attempts, job.finished_at = terms.State.WAITING, "", 0, None
    job.outside = registry.is_outside(job.kind)
    job.asked_by = by.ledger_name
    job.progress_done = job.progress_total = 0
    job.save(force_update=True)


@transaction.atomic
def discard(*, by: Doer, job_id: str, reason: terms.Discard) -> None:
    """Lay a dead letter aside, so that nobody is asked about it again.

    Raises `NotDead`. People come here through nyumbani.workflows.dead_letters, which writes the
    ledger's line.
    """
    job = _dead(job_id)
    job.discarded, job.asked_by = reason, by.ledger_name
    job.save(force_update=True)


def prune(*, by: Doer, older_than: dt.timedelta, limit: int = 1000) -> int:
    """Forget up to `limit` jobs that were done, or laid aside, longer ago than this."""
    before = clock.now() - older_than
    done = Job.objects.filter(state=terms.State.DONE, finished_at__lt=before)
    dead = Job.objects.filter(state=terms.State.DEAD, finished_at__lt=before)
    # Looked for before the transaction begins, so that SQLite's one writer is not kept long.
    chosen = [
        *done.order_by("finished_at").values_list("pk", flat=True)[:limit],
        *dead.exclude(discarded="").values_list("pk", flat=True)[:limit],
    ]
    forgotten = Job.objects.filter(pk__in=chosen[:limit]).delete()[0] if chosen else 0
    if forgotten:
        log.info("jobs.pruned", by=by.ledger_name, jobs=forgotten)
    return forgotten


def _dead(job_id: str) -> Job:
    dead = Job.objects.select_for_update().filter(state=terms.State.DEAD, discarded="", pk=job_id)
    job = dead.first()
    if job is None:
        raise terms.NotDead
    return job


# ---- one INSERT ----------------------------------------------------------------------------------
_INSERT = Insert(
    Job._meta.db_table,  # noqa: SLF001 - Django documents _meta
    [
        "id", "kind", "data", "key", "asked_by", "outside", "not_before", "max_attempts",
        "created_at",
    ],
    {
        "state": terms.State.WAITING.value, "lease_token": "", "held_by": "", "attempts": 0,
        "progress_done": 0, "progress_total": 0, "last_error": "", "death": "", "discarded": "",
    },
)  # fmt: skip


def _row(wish: Wish, by: Doer) -> tuple[str, *tuple[Value, ...]]:
    if not terms.KIND.fullmatch(wish.kind):
        raise ValueError("a kind is <room>.<verb>")
    if wish.not_before is not None and wish.not_before.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    for name, value in wish.data.items():
        _may_stand_in_a_job(name, value)
    if wish.key is not None:
        _may_stand_in_a_job("key", wish.key)
    return (
        ids.new(), wish.kind, json.dumps(dict(wish.data)), wish.key or "", by.ledger_name,
        registry.is_outside(wish.kind), wish.not_before, wish.max_attempts, clock.now(),
    )  # fmt: skip


def _may_stand_in_a_job(name: str, value: object) -> None:
    if isinstance(value, int):
        return
    if not (isinstance(value, str) and terms.is_token(value)):
        # The value is not quoted: if it is a name, it must not come into a log either.
        raise terms.NotForTheQueue(f"{name!r} is not an id, a number, a hash or a word of ours")

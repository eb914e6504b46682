"""The two ways work goes: one job after another in the database, several at once outside."""

import datetime as dt
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog
from django.db import connection, connections, transaction

from nyumbani.jobs.actions import leases
from nyumbani.jobs.actions.leases import Claimed
from nyumbani.jobs.worker.idle import Halt
from nyumbani.jobs.worker.pulse import Pulse
from nyumbani.jobs.worker.turns import DATABASE_AWAY, Turn
from nyumbani.kit.doer import Doer
from nyumbani.kit.traces import place_of

log = structlog.get_logger("nyumbani.jobs")

_TOGETHER = 0.01  # seconds of quick jobs that share a transaction
_LONGEST_BREATH = 0.02  # seconds


class Inside:
    """Jobs of the database: claimed a batch at a time, each whole or not at all.

    SQLite has one writer at a time and waits for the disk at every commit. So there quick jobs
    share a transaction, each in a savepoint of its own, and after it the worker lets the database
    go for half as long as it held it: who waits to write, such as a webhook, knocks again and
    again without a place in a queue, and would otherwise find the door shut nearly every time.
    On PostgreSQL every job has its own transaction: there, sharing would only invite deadlocks.
    """

    def __init__(self, by: Doer, batch: int, lease: dt.timedelta, halt: Halt) -> None:
        self._by = by
        self._batch = batch
        self._lease = lease
        self._halt = halt
        self._held: deque[Claimed] = deque()
        self._renew_at = 0.0
        self._took: dict[str, float] = {}  # seconds the last job of each kind took
        self._one_by_one = 0  # so many jobs must not share, after a shared transaction failed
        self._shares = connection.vendor == "sqlite"

    def go(self) -> int:
        """Do what is due, at most one batch; returns how many jobs had their turn.

        Raises one of `DATABASE_AWAY`; what is still held then has its turn next time.
        """
        if not self._held:
            self._held.extend(leases.claim(by=self._by, limit=self._batch, lease=self._lease))
            self._renewed()
        turns = 0
        while self._held and not self._halt.asked:
            began = time.monotonic()
            turns += self._some() if self._shares and not self._one_by_one else self._one()
            if self._shares:
                time.sleep(min((time.monotonic() - began) / 2, _LONGEST_BREATH))
            self._renew()
        return turns

    def give_back(self) -> None:
        """Let others have what was claimed and not begun."""
        leases.release(by=self._by, jobs=self._held)
        self._held.clear()

    def _one(self) -> int:
        job = self._held.popleft()
        try:
            self._take(job)
        except DATABASE_AWAY:
            self._held.appendleft(job)
            raise
        self._one_by_one = max(self._one_by_one - 1, 0)
        return 1

    def _some(self) -> int:
        """Quick jobs in one transaction; a job not known to be quick has one for itself."""
        taken, until = 0, time.monotonic() + _TOGETHER
        try:
            with transaction.atomic():
                while taken < len(self._held) and not self._halt.asked:
                    job = self._held[taken]
                    takes = self._took.get(job.kind, _TOGETHER)
                    if taken and time.monotonic() + takes > until:
                        break
                    self._take(job)
                    taken += 1
        except DATABASE_AWAY:
            raise
        except Exception as error:  # noqa: BLE001 - such as a constraint looked at only at the end
            # Whose it was shows when they are taken one by one.
            log.warning("worker.parted", jobs=taken, error=place_of(error))
            self._one_by_one = taken + 1
            return 0
        for _ in range(taken):
            self._held.popleft()
        return taken

    def _take(self, job: Claimed) -> None:
        began = time.monotonic()
        Turn(job, self._by, self._halt).take()
        self._took[job.kind] = time.monotonic() - began

    def _renewed(self) -> None:
        self._renew_at = time.monotonic() + self._lease.total_seconds() / 4

    def _renew(self) -> None:
        if self._held and time.monotonic() > self._renew_at:
            self._held = deque(leases.heartbeat(by=self._by, jobs=self._held))
            self._renewed()


class Outside:
    """Jobs with the outside world: as many claimed as there are free senders, all with a pulse."""

    def __init__(
        self,
        by: Doer,
        senders: int,
        lease: dt.timedelta,
        halt: Halt,
        freed: Callable[[], None],
    ) -> None:
        self._by = by
        self._lease = lease
        self._halt = halt
        self._freed = freed
        self._pulse = Pulse(by, lease)
        self._pool = ThreadPoolExecutor(senders, "sender")
        self._guard = threading.Lock()
        self._free = senders

    def go(self) -> int:
        """Begin what is due, as far as senders are free; returns how many jobs were begun."""
        with self._guard:
            free = self._free
        if not free:
            return 0
        jobs = leases.claim(by=self._by, limit=free, outside=True, lease=self._lease)
        for job in jobs:
            with self._guard:
                self._free -= 1
            self._pool.submit(self._send, job)
        return len(jobs)

    def close(self) -> None:
        """Wait for what is being sent."""
        self._pool.shutdown(wait=True)
        self._pulse.stop()

    def _send(self, job: Claimed) -> None:
        try:
            with self._pulse.holding(job):
                Turn(job, self._by, self._halt).take()
        except Exception as error:  # noqa: BLE001 - the lease runs out and the job comes again
            log.warning("job.broken_off", job=job.id, kind=job.kind, error=place_of(error))
        finally:
            connections.close_all()
            with self._guard:
                self._free += 1
            self._freed()

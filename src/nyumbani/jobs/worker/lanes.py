"""The two ways work goes: one job after another in the database, several at once outside."""

import datetime as dt
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog
from django.db import connections

from nyumbani.jobs.actions import leases
from nyumbani.jobs.actions.leases import Claimed
from nyumbani.jobs.worker.idle import Halt
from nyumbani.jobs.worker.pulse import Pulse
from nyumbani.jobs.worker.turns import DATABASE_AWAY, Turn
from nyumbani.kit.doer import Doer
from nyumbani.kit.traces import place_of

log = structlog.get_logger("nyumbani.jobs")

_BREATH = 0.0005  # seconds between two transactions; see Inside


class Inside:
    """Jobs of the database: claimed a batch at a time, one transaction each.

    Between two jobs it lets go of the processor for a moment: SQLite has one writer and no queue
    for it, so a worker that writes without a pause would keep arriving messages waiting.
    """

    def __init__(self, by: Doer, batch: int, lease: dt.timedelta, halt: Halt) -> None:
        self._by = by
        self._batch = batch
        self._lease = lease
        self._halt = halt
        self._held: deque[Claimed] = deque()
        self._renew_at = 0.0

    def go(self) -> int:
        """Do what is due, at most one batch; returns how many jobs had their turn.

        Raises one of `DATABASE_AWAY`; what is still held then has its turn next time.
        """
        if not self._held:
            self._held.extend(leases.claim(by=self._by, limit=self._batch, lease=self._lease))
            self._renewed()
        turns = 0
        while self._held and not self._halt.asked:
            self._next()
            turns += 1
            time.sleep(_BREATH)
            self._renew()
        return turns

    def give_back(self) -> None:
        """Let others have what was claimed and not begun."""
        leases.release(by=self._by, jobs=self._held)
        self._held.clear()

    def _next(self) -> None:
        job = self._held.popleft()
        try:
            Turn(job, self._by, self._halt).take()
        except DATABASE_AWAY:
            self._held.appendleft(job)
            raise

    def _renewed(self) -> None:
        self._renew_at = time.monotonic() + self._lease.total_seconds() / 4

    def _renew(self) -> None:
        if time.monotonic() > self._renew_at:
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

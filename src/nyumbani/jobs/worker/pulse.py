"""The heartbeat beside work outside: it holds the leases of whatever this process is sending."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import connections

from nyumbani.jobs.actions import leases
from nyumbani.jobs.actions.leases import Claimed
from nyumbani.jobs.worker.turns import DATABASE_AWAY
from nyumbani.kit.doer import Doer

log = structlog.get_logger("nyumbani.jobs")


class Pulse:
    """A thread that renews leases four times a lease, so that three beats may be missed."""

    def __init__(self, by: Doer, lease: dt.timedelta) -> None:
        self._by = by
        self._interval = lease.total_seconds() / 4
        self._held: dict[str, Claimed] = {}
        self._guard = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, name="pulse", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        self._thread.join()

    @contextmanager
    def holding(self, job: Claimed) -> Iterator[None]:
        """Keep this job's lease alive inside the block."""
        with self._guard:
            self._held[job.id] = job
        try:
            yield
        finally:
            with self._guard:
                self._held.pop(job.id, None)

    def _beat_on(self) -> None:
        try:
            while not self._stop.wait(self._interval):
                self._beat()
        finally:
            connections.close_all()

    def _beat(self) -> None:
        with self._guard:
            held = list(self._held.values())
        if not held:
            return
        try:
            leases.heartbeat(by=self._by, jobs=held)
        except DATABASE_AWAY:
            # The lease outlasts three missed beats; the token decides in the end.
            log.warning("worker.heartbeat_missed", jobs=len(held))
            connections.close_all()

"""Whoever does the jobs: `nyumbani worker`, the child of `nyumbani serve`, tests and the demo.

Any number of workers may run beside each other, on SQLite and on PostgreSQL.
"""

import datetime as dt
import os
import signal
import time
from types import FrameType

import structlog
from django.db import connections

from nyumbani.jobs import registry, terms
from nyumbani.jobs.actions import daily, leases
from nyumbani.jobs.worker import child
from nyumbani.jobs.worker.idle import Halt, Pause
from nyumbani.jobs.worker.lanes import Inside, Outside
from nyumbani.jobs.worker.turns import Turn
from nyumbani.kit.doer import System
from nyumbani.kit.traces import place_of

log = structlog.get_logger("nyumbani.jobs")

_LOOK_EVERY = 3600.0  # seconds between two looks at whether the day's tidying is planned


class Worker:
    """Does jobs until it is told to stop.

    `batch` jobs of the database are claimed at a time; `senders` threads work outside.
    """

    def __init__(
        self, *, senders: int = 4, batch: int = 50, lease: dt.timedelta = terms.LEASE
    ) -> None:
        self._by = System(f"worker-{os.getpid()}")
        self._halt = Halt()
        self._pause = Pause(self._halt)
        self._inside = Inside(self._by, batch, lease, self._halt)
        self._outside = Outside(self._by, senders, lease, self._halt, self._pause.nudge)
        self._plan_at = time.monotonic()

    def stop(self) -> None:
        """Finish what is being done, give back what is not begun, and end. Safe in a signal."""
        self._halt.asked = True

    def run(self) -> None:
        """Work until `stop` is called; whatever happens to the database, wait and go on."""
        log.info("worker.started", by=self._by.ledger_name)
        wait = 0.25
        while not self._halt.asked:
            try:
                self._round()
                wait = 0.25
            except Exception as error:  # noqa: BLE001 - a worker that ends does no more jobs
                log.warning("worker.database_away", error=place_of(error), wait=wait)
                connections.close_all()
                self._sleep(wait)
                wait = min(wait * 2, 5.0)
        self._close()
        log.info("worker.stopped", by=self._by.ledger_name)

    def _round(self) -> None:
        if time.monotonic() >= self._plan_at:
            for plan in (daily.plan, *registry.standing_plans()):
                plan(by=self._by)
            self._plan_at = time.monotonic() + _LOOK_EVERY
        begun = self._outside.go()
        if begun + self._inside.go():
            self._pause.over()
            return
        self._pause.wait()

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._halt.asked:
            time.sleep(0.05)

    def _close(self) -> None:
        try:
            self._inside.give_back()
        except Exception as error:  # noqa: BLE001 - then their leases run out by themselves
            log.warning("worker.gave_nothing_back", error=place_of(error))
        self._outside.close()
        connections.close_all()


def run_due(limit: int = 1000, *, strict: bool = False) -> int:
    """Do up to `limit` jobs that are due now, in this process and thread; returns how many ran.

    For tests and the demo: jobs that these jobs ask for are done as well. A job that fails rests,
    as with any worker; `strict` raises what it raised, after its rest was stored.
    """
    by = System(f"worker-{os.getpid()}")
    ran = 0
    while ran < limit:
        claimed = leases.claim(by=by) or leases.claim(by=by, outside=True)
        if not claimed:
            break
        ran += 1
        error = Turn(claimed[0], by).take()
        if strict and error is not None:
            raise error
    return ran


def main(*, senders: int = 4, lease: dt.timedelta = terms.LEASE) -> None:
    """`nyumbani worker`: work until SIGTERM or Ctrl-C (twice: at once), or the parent is gone."""
    worker = Worker(senders=senders, lease=lease)

    def asked(number: int, _frame: FrameType | None) -> None:
        worker.stop()
        if number == signal.SIGINT:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGTERM, asked)
    signal.signal(signal.SIGINT, asked)
    child.stop_with_parent(worker.stop)
    worker.run()

"""One job's turn: run its function, then say how it ended."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError

from nyumbani.jobs import registry, terms
from nyumbani.jobs.actions import leases
from nyumbani.jobs.actions.leases import Claimed
from nyumbani.jobs.registry import Handler, Running
from nyumbani.jobs.worker.idle import Halt
from nyumbani.kit.doer import Doer
from nyumbani.kit.traces import place_of

log = structlog.get_logger("nyumbani.jobs")
_chance = secrets.SystemRandom().random

_PATIENCE = terms.LONGEST_LEASE.total_seconds()

DATABASE_AWAY = (OperationalError, InterfaceError)
"""Locked, stopped, unreachable: nobody's fault, so the turn is taken again later."""


class _Failed(Exception):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


@dataclass(frozen=True, slots=True)
class Turn:
    """A claimed job and who holds it."""

    job: Claimed
    by: Doer
    halt: Halt = field(default_factory=Halt)

    def take(self) -> Exception | None:
        """Run the job to its end; returns what its function raised, if it did.

        Raises one of `DATABASE_AWAY` when the end could not be stored; nothing has happened then
        in the database, and the turn may be taken again. A lost lease is no error: somebody else
        has the job.
        """
        handler = registry.find(self.job.kind)
        try:
            if handler is None:
                self._bury(terms.Death.UNKNOWN_KIND, "")
            elif self.job.attempt > self.job.max_attempts:
                self._bury(terms.Death.LOST, "")
            else:
                return self._run(handler)
        except terms.LeaseLost:
            self._tell("job.lost")
        return None

    def _run(self, handler: Handler) -> Exception | None:
        try:
            if handler.outside:
                self._outside(handler)
            else:
                self._inside(handler)
        except _Failed as failed:
            return self._failed(failed.error)
        log.debug("job.done", job=self.job.id, kind=self.job.kind)
        return None

    def _inside(self, handler: Handler) -> None:
        try:
            with transaction.atomic():
                # The mark comes first: it holds the row, so nobody can claim the job while it
                # runs, and its key is free for a successor. If the function raises, it is undone.
                leases.finish(job=self.job, by=self.by)
                self._call(handler, self._running())
                if transaction.get_rollback():
                    # The function swallowed a database error: Django would quietly undo it all.
                    raise _Failed(TransactionManagementError())
        except DATABASE_AWAY:
            raise
        except DatabaseError as error:  # a constraint that is looked at only at the end
            raise _Failed(error) from None

    def _outside(self, handler: Handler) -> None:
        marked: list[bool] = []

        def done() -> None:
            leases.finish(job=self.job, by=self.by)
            marked.append(True)

        def progress(so_far: int, total: int) -> None:
            leases.note(job=self.job, by=self.by, done=so_far, total=total)

        def heartbeat() -> None:
            if not leases.heartbeat(jobs=[self.job], by=self.by):
                raise terms.LeaseLost

        self._call(handler, self._running(progress, heartbeat, done))
        try:
            self._insist(partial(leases.finish, job=self.job, by=self.by))
        except terms.LeaseLost:
            if not marked:  # else the function has set the mark itself, and it was kept
                raise

    def _call(self, handler: Handler, running: Running) -> None:
        try:
            handler.run(running)
        except terms.LeaseLost:
            raise
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in a room, the queue goes on
            raise _Failed(error) from None

    def _running(
        self,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
        heartbeat: Callable[[], None] = lambda: None,
        done: Callable[[], None] = lambda: None,
    ) -> Running:
        job = self.job
        return Running(job.id, job.kind, job.data, job.attempt, progress, heartbeat, done)

    def _failed(self, error: Exception) -> Exception:
        place = place_of(error)
        if isinstance(error, (terms.GiveUp, terms.TryAgain)):
            place = f"{place} {terms.phrase(str(error))}".rstrip()
        if isinstance(error, terms.GiveUp):
            self._bury(terms.Death.GAVE_UP, place)
        elif self.job.attempt >= self.job.max_attempts:
            self._bury(terms.Death.EXHAUSTED, place)
        else:
            self._rest(error, place)
        return error

    def _rest(self, error: Exception, place: str) -> None:
        if isinstance(error, terms.TryAgain):
            rest = error.after
        else:
            rest = terms.rest(self.job.attempt, _chance())
        self._insist(partial(leases.fail, job=self.job, by=self.by, error=place, rest=rest))
        self._tell("job.failed", error=place, rest=round(rest.total_seconds()))

    def _bury(self, death: terms.Death, place: str) -> None:
        self._insist(partial(leases.bury, job=self.job, by=self.by, error=place, death=death))
        self._tell("job.dead", error=place, death=death.value)

    def _tell(self, event: str, **facts: str | int) -> None:
        log.warning(event, job=self.job.id, kind=self.job.kind, attempt=self.job.attempt, **facts)

    def _insist(self, store: Callable[[], None]) -> None:
        """Store how work outside ended, however long the database is away: what is sent is sent.

        Gives up by raising after the longest lease, or soon when the worker is told to stop; the
        job will then be delivered again.
        """
        began, wait = time.monotonic(), 0.25
        while True:
            try:
                return store()
            except DATABASE_AWAY:
                patience = 10.0 if self.halt.asked else _PATIENCE
                if connection.in_atomic_block or time.monotonic() - began > patience:
                    raise
                connection.close()
                time.sleep(wait)
                wait = min(wait * 2, 5.0)

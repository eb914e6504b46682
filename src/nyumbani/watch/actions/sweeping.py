"""The watch's round: what ended is settled, what is true is raised, each in its own transaction.

Nothing here writes to her, by any channel, ever: an alarm is for staff.
"""

import datetime as dt
from dataclasses import dataclass

import structlog
from django.db import IntegrityError, transaction

from nyumbani.audit.actions import record
from nyumbani.inbox.models.journal import JournalEntry
from nyumbani.inbox.terms import Reading
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer, System
from nyumbani.people.models.persons import Person
from nyumbani.watch.guard import silent as guard
from nyumbani.watch.guard.silent import Kept
from nyumbani.watch.models.figures import Round
from nyumbani.watch.models.silences import Silence
from nyumbani.watch.terms import ASLEEP, CATCH_UP, EVERY, LONGEST_CATCH_UP, Ending

log = structlog.get_logger("nyumbani.watch")

WATCH = System("watch")
KIND = "watch.sweep"
TRIES = 5  # then it is a dead letter that people see, and the next hour begins anew


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of one round."""

    raised: int = 0
    settled: int = 0
    is_catching_up: bool = False  # nothing is raised yet: what came while we slept is being read


def plan(*, by: Doer, at: dt.datetime | None = None) -> None:
    """Have the watch look at once, or then, unless that stands in the queue already."""
    enqueue(
        kind=KIND, data={}, key=KIND, not_before=at or clock.now(), max_attempts=TRIES, by=by
    )  # fmt: skip


def plan_next(*, by: Doer) -> None:
    """Have the watch look again after a while."""
    plan(by=by, at=clock.now() + EVERY)


def look(*, by: Doer) -> Looked:
    """Go round once. Somebody silent is raised once; who was heard again is settled."""
    now = clock.now()
    seen = begin(by=by)
    settled = sum(settle_heard(silence=row, by=by) for row in _open())
    if _is_catching_up(seen, now):
        return Looked(settled=settled, is_catching_up=True)
    raised = sum(_raised(kept, by) for kept in guard.too_long_silent(now))
    if raised or settled:
        log.info("watch.looked", raised=raised, settled=settled)
    return Looked(raised, settled)


@transaction.atomic
def begin(*, by: Doer) -> Round:
    """Note that the watch looks; having slept, it writes down for how long."""
    now = clock.now()
    known = Round.objects.filter(pk=1).first()
    last = known or Round(pk=1, looked_at=now)
    if now - last.looked_at > ASLEEP:
        minutes = int((now - last.looked_at).total_seconds() // 60)
        record(by=by, verb="watch.slept", about="house", minutes=minutes)
        last.slept_from, last.slept_until = last.looked_at, now
    last.looked_at = now  # also where the clock was set back
    if known is None:
        last.save(force_insert=True)
    else:
        last.save(update_fields=["looked_at", "slept_from", "slept_until"])
    return last


@transaction.atomic
def raise_silence(*, kept: Kept, by: Doer) -> None:
    """Tell her team that she is silent; IntegrityError if that stands open already."""
    record(by=by, verb="silence.raised", about=f"person:{kept.person_id}", limit=kept.minutes or 0)
    scope = Person.objects.values_list("seal_scope", flat=True).get(pk=kept.person_id)
    row = Silence(
        seal_scope=scope, person_id=kept.person_id, since=kept.since or clock.now(),
        minutes=kept.minutes or 0, raised_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)


@transaction.atomic
def settle_heard(*, silence: Silence, by: Doer) -> bool:
    """She was heard again: the alarm ends by itself and stays in the history.

    If what was heard is too old to end it, such as a message that came days late, the alarm stays
    and counts from there. Returns whether it ended.
    """
    kept = guard.standing_of(silence.person_id)
    if kept.since is None or kept.since <= silence.since:
        return False
    ends = not kept.quiet(clock.now()).is_silent
    verb = "silence.heard" if ends else "silence.moved"
    record(by=by, verb=verb, about=f"person:{silence.person_id}")
    silence.since = silence.since if ends else kept.since
    if ends:
        silence.settled_at, silence.ending = clock.now(), Ending.HEARD
    Silence.objects.filter(pk=silence.pk, settled_at=None).update(
        since=silence.since, settled_at=silence.settled_at, ending=silence.ending
    )
    return ends


def _open() -> list[Silence]:
    """Open alarms of people of whom something was heard since."""
    seen = guard.alarmed()
    rows = Silence.objects.filter(settled_at=None).order_by("since", "id")
    newer = {row.pk: seen[row.person_id].since for row in rows if row.person_id in seen}
    return [row for row in rows if (newer.get(row.pk) or row.since) > row.since]


def _raised(kept: Kept, by: Doer) -> bool:
    try:
        raise_silence(kept=kept, by=by)
    except IntegrityError:  # another worker was faster; its line stands, ours was undone
        return False
    return True


def _is_catching_up(seen: Round, now: dt.datetime) -> bool:
    """Whether what came while the watch slept may not have been read yet."""
    if seen.slept_until is None:
        return False
    awake = now - seen.slept_until
    if awake < dt.timedelta() or awake >= LONGEST_CATCH_UP:
        return False
    unread = JournalEntry.objects.filter(reading=Reading.WAITING)
    return awake < CATCH_UP or unread.exists()

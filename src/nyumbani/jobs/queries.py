"""What stands in the queue, for the people who look after it. Ids and figures, nothing personal."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, Q

from nyumbani.jobs.models import Job
from nyumbani.jobs.permissions import Onlooker, may_oversee
from nyumbani.jobs.terms import Death, State
from nyumbani.kit import clock
from nyumbani.kit.paging import Page, page

PATIENCE = dt.timedelta(minutes=2)
"""What is due is begun at once; if something has waited longer than this, no worker works."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How much work of one kind waits."""

    name: str
    due: int
    later: int  # appointments and rests that are not over


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits; `oldest` is when the longest-waiting job became due (None: none is)."""

    kinds: tuple[Kind, ...]
    oldest: dt.datetime | None

    @property
    def due(self) -> int:
        """Jobs that could begin now."""
        return sum(kind.due for kind in self.kinds)

    @property
    def later(self) -> int:
        """Jobs whose time has not come."""
        return sum(kind.later for kind in self.kinds)

    @property
    def is_stuck(self) -> bool:
        """Whether nobody seems to work."""
        return self.oldest is not None and clock.now() - self.oldest > PATIENCE


@dataclass(frozen=True, slots=True)
class Doing:
    """A job that is being done, and how far it is (total 0: it does not say)."""

    id: str
    kind: str
    attempt: int
    done: int
    total: int
    held_by: str
    has_broken_off: bool  # its worker has not been heard of; another will take it


@dataclass(frozen=True, slots=True)
class Letter:
    """A job that stopped and waits for a person."""

    id: str
    kind: str
    death: Death
    error: str  # exception class and place
    attempts: int
    created_at: dt.datetime
    stopped_at: dt.datetime | None


def waiting(viewer: Onlooker) -> Waiting:
    """What waits, by kind, and since when the oldest of it could have begun."""
    _only_overseers(viewer)
    now = clock.now()
    rows = Job.objects.filter(state=State.WAITING).values("kind").order_by("kind")
    at_once = rows.filter(not_before=None).annotate(due=Count("pk"), since=Min("created_at"))
    over = Q(not_before__lte=now) | Q(rest_until__lte=clock.real_now())
    planned = rows.filter(not_before__isnull=False).annotate(
        due=Count("pk", filter=over),
        later=Count("pk", filter=~over),
        since=Min("not_before", filter=over),
    )
    due, later = Counter[str](), Counter[str]()
    since: list[dt.datetime | None] = []
    for row in at_once:
        due[row["kind"]] += row["due"]
        since.append(row["since"])
    for row in planned:
        due[row["kind"]] += row["due"]
        later[row["kind"]] += row["later"]
        since.append(row["since"])
    kinds = tuple(Kind(name, due[name], later[name]) for name in sorted(due))
    return Waiting(kinds, min((moment for moment in since if moment), default=None))


def running(viewer: Onlooker) -> list[Doing]:
    """What is being done at this moment."""
    _only_overseers(viewer)
    now = clock.real_now()
    return [
        Doing(
            job.pk,
            job.kind,
            job.attempts,
            job.progress_done,
            job.progress_total,
            job.held_by,
            job.lease_until is not None and job.lease_until < now,
        )
        for job in Job.objects.filter(state=State.RUNNING).order_by("pk")
    ]


def dead_letters(viewer: Onlooker, cursor: str | None = None) -> Page[Letter]:
    """What stopped and was not laid aside, the latest first."""
    _only_overseers(viewer)
    dead = Job.objects.filter(state=State.DEAD, discarded="")
    return page(dead, by="created_at", cursor=cursor).of(_letter)


def dead_count(viewer: Onlooker) -> int:
    """How many jobs stopped and were not laid aside."""
    _only_overseers(viewer)
    return Job.objects.filter(state=State.DEAD, discarded="").count()


def _letter(job: Job) -> Letter:
    return Letter(
        job.pk,
        job.kind,
        Death(job.death),
        job.last_error,
        job.attempts,
        job.created_at,
        job.finished_at,
    )


def _only_overseers(viewer: Onlooker) -> None:
    if not may_oversee(viewer):
        raise PermissionDenied

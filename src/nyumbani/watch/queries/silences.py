"""Who has not been heard from: only people the viewer may know of."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from django.db.models import QuerySet

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.cases.permissions import people_open_to
from nyumbani.cases.queries import KnownPerson
from nyumbani.domain.watch.silence import Quiet
from nyumbani.kit import clock
from nyumbani.people import queries as people
from nyumbani.people.queries import Called
from nyumbani.watch.guard import silent as guard
from nyumbani.watch.guard.silent import Kept
from nyumbani.watch.models.figures import Round
from nyumbani.watch.models.limits import Limit, Pause, Sign
from nyumbani.watch.models.silences import Silence
from nyumbani.watch.queries import duty
from nyumbani.watch.terms import ASLEEP, SHOWN

_SETTLED = 20  # how many of the last ones a page shows

# Rows as pages hold them: pages never import tables.
OpenSilence: TypeAlias = Silence


@dataclass(frozen=True, slots=True)
class Alarmed:
    """An alarm, open or not, and whose it is."""

    silence: Silence
    called: Called

    @property
    def hours(self) -> float:
        """The limit that was passed."""
        return self.silence.minutes / 60


@dataclass(frozen=True, slots=True)
class Resting:
    """A pause, and whose it is."""

    pause: Pause
    called: Called


@dataclass(frozen=True, slots=True)
class Watched:
    """What the watch says of one person."""

    kept: Kept
    quiet: Quiet
    silence: Silence | None  # the open alarm
    limit: Limit | None
    pause: Pause | None
    signs: list[Sign] = field(default_factory=list)

    @property
    def hours(self) -> float | None:
        """Her limit."""
        return None if self.kept.minutes is None else self.kept.minutes / 60


@dataclass(frozen=True, slots=True)
class Sleep:
    """When the watch last looked, and whether it slept; nothing of it is anybody's secret."""

    looked_at: dt.datetime | None
    is_asleep: bool
    slept_from: dt.datetime | None = None
    slept_until: dt.datetime | None = None


def silences(viewer: Viewer) -> QuerySet[Silence]:
    """Open alarms of people the viewer may know of, the longest silent first."""
    rows = Silence.objects.filter(people_open_to(viewer, "person"), settled_at=None)
    return rows.select_related("person").order_by("since", "id")


def silence(viewer: Viewer, person: KnownPerson) -> Silence | None:
    """Her open alarm."""
    return silences(viewer).filter(person=person).first()


def settled(viewer: Viewer) -> list[Alarmed]:
    """The last alarms that ended."""
    rows = Silence.objects.filter(people_open_to(viewer, "person"), settled_at__isnull=False)
    rows = rows.select_related("person", "settled_by").order_by("-settled_at", "-id")
    return alarmed(viewer, rows[:_SETTLED])


def paused(viewer: Viewer) -> list[Resting]:
    """Whose silence is expected for now, and until when."""
    rows = Pause.objects.filter(people_open_to(viewer, "person"), **_resting())
    found = list(rows.select_related("person", "begun_by").order_by("until", "id"))
    called = people.names_of(viewer, [row.person for row in found])
    return [Resting(row, called[row.person_id]) for row in found]


def alarmed(viewer: Viewer, rows: Iterable[Silence]) -> list[Alarmed]:
    """These alarms with the name of whose they are."""
    found = list(rows)
    called = people.names_of(viewer, [row.person for row in found])
    return [Alarmed(row, called[row.person_id]) for row in found]


def watched(viewer: Viewer, person: KnownPerson, *, signs: int = 0) -> Watched:
    """How somebody the viewer may know of stands, with the last so many signs noted by staff."""
    kept = guard.standing_of(person.pk)
    return Watched(
        kept,
        kept.quiet(clock.now()),
        silence(viewer, person),
        Limit.objects.filter(person=person, until=None).select_related("agreed_by").first(),
        Pause.objects.filter(person=person, **_resting()).select_related("begun_by").first(),
        list(Sign.objects.filter(person=person).select_related("noted_by")[:signs]),
    )


def may_note_sign(viewer: Viewer, person: KnownPerson) -> bool:
    """Whether the viewer may write down that she lives.

    Her team may; and whoever is on duty and has opened her case with a reason: at night somebody
    must be able to say "I have talked with her". All else stays with the team (decision 10).
    """
    if cases.may_write_about(viewer, person):
        return True
    known = cases.person(viewer, person.pk) is not None
    return known and duty.is_on_duty(viewer, duty.on_duty(viewer))


def sleep(viewer: Viewer) -> Sleep:  # noqa: ARG001 - all staff may know whether the watch is awake
    """Whether the watch looks, and for how long it did not."""
    row, now = Round.objects.filter(pk=1).first(), clock.now()
    if row is None:
        return Sleep(None, is_asleep=True)
    is_asleep = now - row.looked_at > ASLEEP
    if row.slept_until is None or now - row.slept_until > SHOWN:
        return Sleep(row.looked_at, is_asleep)
    return Sleep(row.looked_at, is_asleep, row.slept_from, row.slept_until)


def _resting() -> dict[str, object]:
    return {"ended_at": None, "until__gt": clock.now()}

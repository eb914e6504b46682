"""What has climbed to whom.

Whoever may not know of her learns a case's number and for how long, no more; and that only while it
has climbed to them: on duty now, a coordinator, a director (decision 10).
"""

import datetime as dt
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.cases.permissions import people_open_to
from nyumbani.domain.watch.duty import OnDuty
from nyumbani.domain.watch.escalation import Climb, Rank, who_is_told
from nyumbani.kit import clock
from nyumbani.people import queries as people
from nyumbani.people.models.persons import Person
from nyumbani.people.queries import Called
from nyumbani.watch.guard.open import Open, cases_of, everything
from nyumbani.watch.queries import duty, silences
from nyumbani.watch.queries.duty import Missing
from nyumbani.watch.queries.silences import Alarmed, Sleep
from nyumbani.watch.terms import RANKS, What


@dataclass(frozen=True, slots=True)
class Climbing:
    """Something nobody has settled, as this viewer may see it."""

    what: What
    since: dt.datetime  # her last sign of life; her oldest message nobody answered
    climb: Climb
    cases: tuple[str, ...]  # NYB-3; empty: she is in none
    called: Called | None  # none: the viewer does not know of her

    @property
    def label(self) -> str:
        """What happened, in a word."""
        return str(self.what.label)

    @property
    def stands_with(self) -> str:
        """To whom it has climbed."""
        return str(RANKS[self.climb.rank])

    @property
    def goes_to(self) -> str:
        """To whom it climbs next."""
        return "" if self.climb.next_rank is None else str(RANKS[self.climb.next_rank])


@dataclass(frozen=True, slots=True)
class Today:
    """What Today shows of the watch."""

    silent: list[Alarmed] = field(default_factory=list)
    silent_count: int = 0
    climbing: list[Climbing] = field(default_factory=list)
    gaps: list[Missing] = field(default_factory=list)
    on_duty: tuple[str, ...] = ()
    is_mine: bool = False  # the viewer is on duty now
    sleep: Sleep = field(default_factory=lambda: Sleep(None, is_asleep=False))


def today(viewer: Viewer, few: int) -> Today:
    """The first of each: who is silent, what climbs to the viewer; and who is on duty."""
    here = duty.on_duty(viewer)
    rows = silences.silences(viewer)
    return Today(
        silences.alarmed(viewer, rows[:few]), rows.count(), climbing(viewer, here)[:few],
        duty.gaps(viewer), duty.names_on_duty(viewer, here), duty.is_on_duty(viewer, here),
        silences.sleep(viewer),
    )  # fmt: skip


def climbing(viewer: Viewer, here: OnDuty | None = None) -> list[Climbing]:
    """What climbs: of the viewer's own people all, of others what has reached the viewer."""
    if not viewer.may_read_cases:
        return []
    here = here or duty.on_duty(viewer)
    found = everything(clock.now())
    known = _known(viewer, (one.person for one in found))
    ranks = ranks_of(viewer, here)
    shown = [one for one in found if one.person.pk in known or _reaches(one, ranks, here)]
    names = people.names_of(viewer, [one.person for one in shown if one.person.pk in known])
    numbers = _numbers(viewer, shown, known)
    rows = [
        Climbing(
            one.what, one.since, one.climb, numbers.get(one.person.pk, ()),
            names.get(one.person.pk),
        )
        for one in shown
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.climb.rank, row.since, row.cases))


def ranks_of(viewer: Viewer, here: OnDuty) -> AbstractSet[Rank]:
    """As whom the viewer is told of people they do not know of."""
    is_it = {
        Rank.DUTY: duty.is_on_duty(viewer, here),
        Rank.COORDINATOR: Role.COORDINATOR in viewer.roles,
        Rank.DIRECTOR: Role.DIRECTOR in viewer.roles,
    }
    return {rank for rank, holds in is_it.items() if holds}


def _reaches(one: Open, ranks: AbstractSet[Rank], here: OnDuty) -> bool:
    return bool(ranks & who_is_told(one.climb, is_anybody_on_duty=bool(here.asked)))


def _known(viewer: Viewer, found: Iterable[Person]) -> set[str]:
    wanted = {person.pk for person in found}
    if not wanted:
        return set()
    rows = Person.objects.filter(people_open_to(viewer), pk__in=wanted)
    return set(rows.order_by().values_list("pk", flat=True))


def _numbers(
    viewer: Viewer, shown: list[Open], known: AbstractSet[str]
) -> dict[str, tuple[str, ...]]:
    """In which cases these people are: of people one knows, all one may open.

    Of others the most pressing alone: that somebody is in two cases is nobody else's business.
    """
    theirs = set(cases.cases(viewer).order_by().values_list("pk", flat=True)) if known else set()
    inside = cases_of(one.person.pk for one in shown)
    return {
        person: tuple(str(case) for case in found if case.pk in theirs)
        if person in known
        else tuple(str(case) for case in found[:1])
        for person, found in inside.items()
    }

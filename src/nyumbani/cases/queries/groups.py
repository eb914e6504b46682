"""The group of a case at any moment: who is in it, how each is, and how the figure came about."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.course import rows_of, told
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.events import GroupEvent
from nyumbani.cases.queries import cases, members
from nyumbani.domain.groups.events import Event, Kind, State, as_one, one_of, told_whom
from nyumbani.domain.groups.roll import Change, Roll, change, roll
from nyumbani.kit import clock
from nyumbani.people import queries as persons
from nyumbani.people.models.pairs import Pair
from nyumbani.people.queries import Called
from nyumbani.people.terms import PairStanding


@dataclass(frozen=True, slots=True)
class Standing:
    """One person of the group: how she is since when, by whose word, and what brought her in."""

    called: Called
    state: State
    row: GroupEvent  # the newest that says so
    came: GroupEvent
    is_child: bool
    also: tuple[Called, ...] = ()  # other rows that are she, as somebody decided


@dataclass(frozen=True, slots=True)
class Gone:
    """Who left the group."""

    called: Called
    row: GroupEvent


@dataclass(frozen=True, slots=True)
class Step:
    """A moment at which the group became larger or smaller, and what made the difference."""

    at: dt.datetime
    total: int
    came: tuple[GroupEvent, ...]
    left: tuple[GroupEvent, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """Somebody, and whom she told of us, or of whom she told us."""

    called: Called
    below: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The group of a case at a moment, as far as it was known then or is now."""

    roll: Roll
    people: Sequence[Standing]
    gone: Sequence[Gone]
    since: Change  # how the figure went from a day before

    @property
    def children(self) -> int:
        """How many of them came as children."""
        return self.roll.count - self.roll.adults


class Course:
    """All that was said of the group of one case, read once; empty for who may not open it."""

    def __init__(self, viewer: Viewer, case: Case, known_at: dt.datetime | None = None) -> None:
        self.viewer, self.known_at = viewer, known_at
        is_open = cases(viewer).filter(pk=case.pk).exists()
        self.rows = rows_of(case) if is_open else []
        self.same = _same({row.person_id for row in self.rows}, known_at)
        written = told(self.rows)
        self.events = as_one(written, self.same)
        self._row = {one.order: row for one, row in zip(written, self.rows, strict=True)}

    def row(self, event: Event) -> GroupEvent:
        """The row an event was read from."""
        return self._row[event.order]

    def rolled(self, at: dt.datetime) -> Roll:
        """The head-count."""
        return roll(self.events, at, self.known_at)

    def between(self, start: dt.datetime, end: dt.datetime) -> Change:
        """How the figure went."""
        return change(self.events, start, end, self.known_at)

    def last(self, person: str, at: dt.datetime, *kinds: Kind) -> Event:
        """The newest that was said of somebody, of these kinds."""
        hers = [
            one
            for one in self.events
            if one.person == person and one.kind in kinds and one.at <= at
            and one.stood(self.known_at)
        ]  # fmt: skip
        return max(hers, key=lambda one: (one.at, one.order))


def group(
    viewer: Viewer, case: Case, at: dt.datetime | None = None, known_at: dt.datetime | None = None
) -> Group:
    """The group at a moment; grave states first, then by the people's numbers."""
    course = Course(viewer, case, known_at)
    at = at or clock.now()
    now = course.rolled(at)
    called = _called(viewer, course.rows)
    also: dict[str, list[Called]] = {}
    for other, who in course.same.items():
        also.setdefault(who, []).append(called[other])
    people = [
        Standing(
            called[person], state, course.row(course.last(person, at, Kind.BECAME, Kind.JOINED)),
            course.row(course.last(person, at, Kind.JOINED)), person in now.children,
            tuple(also.get(person, ())),
        )
        for person, state in now.members.items()
    ]  # fmt: skip
    gone = [
        Gone(called[person], course.row(course.last(person, at, Kind.LEFT))) for person in now.left
    ]
    people.sort(key=lambda one: (one.called.person_id not in now.grave, one.called.person_id))
    return Group(now, people, gone, course.between(at - dt.timedelta(days=1), at))


def growth(viewer: Viewer, case: Case) -> list[Step]:
    """When the group became larger or smaller, who came and who left at each moment."""
    course = Course(viewer, case)
    whole = course.between(dt.datetime.min.replace(tzinfo=dt.UTC), clock.now())
    moments: dict[dt.datetime, tuple[list[GroupEvent], list[GroupEvent]]] = {}
    for side, events in enumerate((whole.came, whole.went)):
        for one in events:
            moments.setdefault(one.at, ([], []))[side].append(course.row(one))
    steps, total = list[Step](), 0
    for at in sorted(moments):
        came, left = moments[at]
        total += len(came) - len(left)
        steps.append(Step(at, total, tuple(came), tuple(left)))
    return steps


def told_tree(viewer: Viewer, case: Case) -> list[Branch]:
    """Who told us of whom, among all who are in the case."""
    rows = list(members(viewer, case))
    called = persons.names_of(viewer, [row.person for row in rows])
    tree = told_whom({row.person_id: row.told_by_id for row in rows})

    def branches(top: str | None) -> tuple[Branch, ...]:
        return tuple(Branch(called[one], branches(one)) for one in tree.get(top, ()))

    return list(branches(None))


def events(viewer: Viewer, case: Case) -> list[tuple[GroupEvent, Called]]:
    """All that was said of the group, the newest first, also what was taken back."""
    rows = Course(viewer, case).rows
    called = _called(viewer, rows)
    return [(row, called[row.person_id]) for row in reversed(rows)]


def event(viewer: Viewer, case: Case, event_id: str) -> GroupEvent | None:
    """One of these."""
    seen = cases(viewer).filter(pk=case.pk)
    rows = GroupEvent.objects.filter(case__in=seen, pk=event_id)
    return rows.select_related("case", "person").first()


def _called(viewer: Viewer, rows: Iterable[GroupEvent]) -> Mapping[str, Called]:
    return persons.names_of(viewer, list({row.person_id: row.person for row in rows}.values()))


def _same(people: set[str], known_at: dt.datetime | None) -> dict[str, str]:
    """Who of these is whom, as somebody had decided by then."""
    pairs = Pair.objects.filter(
        left__in=people, right__in=people, standing=PairStanding.SAME
    ).order_by("decided_at", "pk")
    if known_at is not None:
        pairs = pairs.filter(decided_at__lte=known_at)
    return one_of(pairs.values_list("left", "right"))

"""What happens to people in a group: somebody comes, goes, or is now otherwise than before.

Every event carries two times: when it happened, as somebody said, and when the house wrote it down.
So one can ask how many there were on the fourth of December, and also how many we believed there
were on that day. Nothing is rewritten: what was wrong is taken back, with the moment it was.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from nyumbani.domain.answers import YES, Answer


class State(StrEnum):
    """How far somebody of the group has come; the last four are never a silent row."""

    CONTACTED = "contacted"
    CONFIRMED = "confirmed"
    LEFT_THE_HOUSE = "left_the_house"
    PAPERS = "papers"
    CLEARED = "cleared"
    TRAVELLING = "travelling"
    ARRIVED = "arrived"
    SHELTERED = "sheltered"
    LOST = "lost"
    DETAINED = "detained"
    HOSPITAL = "hospital"
    DECEASED = "deceased"


GRAVE = frozenset({State.LOST, State.DETAINED, State.HOSPITAL, State.DECEASED})
"""States with a protocol of who is told, what is done, by when (`domain.groups.protocol`)."""


class Kind(StrEnum):
    """What happened."""

    JOINED = "joined"
    LEFT = "left"
    BECAME = "became"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one person of the group.

    `order` breaks ties within one moment: it grows as events are written down. `taken_back_at` is
    when somebody said that it was not so.
    """

    person: str
    kind: Kind
    at: dt.datetime
    known_at: dt.datetime
    order: int
    state: State | None = None  # of BECAME alone
    is_child: bool = False  # of JOINED alone: counted, and told apart from adults
    taken_back_at: dt.datetime | None = None

    def __post_init__(self) -> None:
        if (self.state is not None) != (self.kind is Kind.BECAME):
            raise ValueError("a state belongs to what somebody became, and to nothing else")

    def stood(self, known_at: dt.datetime | None) -> bool:
        """Whether the house held it true at a moment; None: whether it holds it true now."""
        if known_at is None:
            return self.taken_back_at is None
        is_back = self.taken_back_at is not None and self.taken_back_at <= known_at
        return self.known_at <= known_at and not is_back


def in_order(events: Iterable[Event], known_at: dt.datetime | None = None) -> list[Event]:
    """What the house held true at a moment, as it happened."""
    stood = (one for one in events if one.stood(known_at))
    return sorted(stood, key=lambda one: (one.at, one.order))


def as_one(events: Iterable[Event], same: Mapping[str, str]) -> list[Event]:
    """The events of people who were found to be one, as hers; `same` leads to whom they are."""
    return [replace(one, person=same.get(one.person, one.person)) for one in events]


def one_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Whom each of these is, where somebody decided of pairs that they are the same person.

    Of all who are one it is the first id, which is the one that was known first.
    """
    top: dict[str, str] = {}

    def of(person: str) -> str:
        while person in top:
            person = top[person]
        return person

    for left, right in pairs:
        first, second = sorted((of(left), of(right)))
        if first != second:
            top[second] = first
    return {person: of(person) for person in top}


def may_be_written(event: Event, known: Sequence[Event]) -> Answer:
    """Whether an event fits what is known of that person, before and after it.

    Somebody may write today what happened last week, so the whole course is read again with it.
    """
    course = in_order([*(one for one in known if one.person == event.person), event])
    return _without(course)


def may_be_taken_back(event: Event, known: Sequence[Event]) -> Answer:
    """Whether what is left without this event still fits together."""
    if event.taken_back_at is not None:
        return Answer.no("taken_back_already")
    rest = [one for one in known if one.person == event.person and one != event]
    return _without(in_order(rest))


def first_fault(course: Sequence[Event]) -> Answer | None:
    """What is wrong with the course of one person; None where nothing is."""
    is_in, is_dead = False, False
    for one in course:
        why = _fault(one, is_in=is_in, is_dead=is_dead)
        if why:
            return Answer.no(why, one.at.isoformat())
        is_in = one.kind is not Kind.LEFT
        is_dead = is_dead or one.state is State.DECEASED
    return None


def _without(course: Sequence[Event]) -> Answer:
    fault = first_fault(course)
    return YES if fault is None else fault


def _fault(event: Event, *, is_in: bool, is_dead: bool) -> str:
    if is_dead:
        # Said in error, it is taken back; nobody simply becomes something else.
        return "deceased"
    if event.kind is Kind.JOINED:
        return "in_already" if is_in else ""
    return "" if is_in else "not_in"


def told_whom(told_by: Mapping[str, str | None]) -> dict[str | None, list[str]]:
    """Who told whom, as a tree: each person's own, and under None those nobody told.

    `told_by` names for each person who told her. A circle cannot be: who would close one stands
    under None, so that everybody is shown exactly once.
    """
    tree: dict[str | None, list[str]] = {None: []}
    for person, teller in told_by.items():
        top = teller if teller in told_by and not _leads_to(teller, person, told_by) else None
        tree.setdefault(top, []).append(person)
    return tree


def _leads_to(start: str | None, person: str, told_by: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    at = start
    while at is not None and at not in seen:
        if at == person:
            return True
        seen.add(at)
        at = told_by.get(at)
    return False

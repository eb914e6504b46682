"""The head-count: who is in a group at a moment, how each is, and how the figure came about.

Nobody vanishes from it. Who is lost, detained, in hospital or has died stands in it by that name;
who left is counted among those who left, with when. Between any two moments the figures reconcile:
as many as before, and who came, without who went.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nyumbani.domain.groups.events import GRAVE, Event, Kind, State, in_order


@dataclass(frozen=True, slots=True)
class Roll:
    """The group at a moment: who is in it and how, who has left it and when."""

    at: dt.datetime
    members: Mapping[str, State]
    left: Mapping[str, dt.datetime] = field(default_factory=dict)
    children: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """Everybody in the group, children and the dead among them."""
        return len(self.members)

    @property
    def adults(self) -> int:
        """Those in the group who came as adults."""
        return sum(person not in self.children for person in self.members)

    @property
    def ever(self) -> int:
        """Everybody who is in it or was."""
        return len(self.members) + len(self.left)

    def of(self, state: State) -> list[str]:
        """Who is so."""
        return [person for person, now in self.members.items() if now is state]

    @property
    def by_state(self) -> dict[State, int]:
        """How many are so, of every state; together they are `count`."""
        return {state: len(self.of(state)) for state in State}

    @property
    def grave(self) -> dict[str, State]:
        """Who is lost, detained, in hospital, or has died."""
        return {person: state for person, state in self.members.items() if state in GRAVE}


@dataclass(frozen=True, slots=True)
class Change:
    """How the figure went from one moment to another; a person may come and go more than once."""

    before: int
    came: tuple[Event, ...]
    went: tuple[Event, ...]
    after: int

    @property
    def is_reconciled(self) -> bool:
        """Whether it adds up: it always does, whatever was written, and tests hold it."""
        return self.before + len(self.came) - len(self.went) == self.after


def roll(events: Iterable[Event], at: dt.datetime, known_at: dt.datetime | None = None) -> Roll:
    """The group at `at`; with `known_at`, as the house believed it at that moment."""
    members: dict[str, State] = {}
    left: dict[str, dt.datetime] = {}
    children: set[str] = set()
    for one in in_order(events, known_at):
        if one.at > at:
            break
        match one.kind:
            case Kind.JOINED if one.person not in members:
                # Who comes back is met anew; how she was before stands in her history.
                members[one.person] = State.CONTACTED
                left.pop(one.person, None)
                children |= {one.person} if one.is_child else set()
            case Kind.LEFT if one.person in members:
                del members[one.person]
                left[one.person] = one.at
            case Kind.BECAME if one.person in members and one.state is not None:
                members[one.person] = one.state
            case _:
                pass  # two rows that turned out to be one woman: she came once
    return Roll(at, members, left, frozenset(children))


def change(
    events: Iterable[Event],
    start: dt.datetime,
    end: dt.datetime,
    known_at: dt.datetime | None = None,
) -> Change:
    """Who came and who went after `start`, up to and with `end`."""
    kept = list(events)
    came: list[Event] = []
    went: list[Event] = []
    inside = set(roll(kept, start, known_at).members)
    before = len(inside)
    for one in in_order(kept, known_at):
        if not start < one.at <= end:
            continue
        if one.kind is Kind.JOINED and one.person not in inside:
            inside.add(one.person)
            came.append(one)
        elif one.kind is Kind.LEFT and one.person in inside:
            inside.remove(one.person)
            went.append(one)
    return Change(before, tuple(came), tuple(went), roll(kept, end, known_at).count)


def growth(
    events: Iterable[Event], known_at: dt.datetime | None = None
) -> list[tuple[dt.datetime, int]]:
    """How large the group was after each moment at which that changed."""
    inside: set[str] = set()
    points: dict[dt.datetime, int] = {}
    for one in in_order(events, known_at):
        if one.kind is Kind.JOINED:
            inside.add(one.person)
        elif one.kind is Kind.LEFT:
            inside.discard(one.person)
        else:
            continue
        points[one.at] = len(inside)
    return list(points.items())

"""What really happened in a flood, to hold against what was stored."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

RANK = {"sent": 1, "delivered": 2, "read": 3, "played": 4, "failed": 5}


@dataclass(frozen=True, slots=True)
class Written:
    """One message as she wrote it, before any edit."""

    person: int
    address: str  # what she wrote from: number or business-scoped id
    kind: str  # text | location
    text: str
    seconds: int  # when, UTC


@dataclass(slots=True)
class Identity:
    """Everything a person was known by."""

    numbers: list[str] = field(default_factory=list)  # digits, oldest first
    bsuids: list[str] = field(default_factory=list)
    username: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """How stored messages differ from what happened; all empty when nothing does."""

    lost: list[str]  # message ids that were delivered and are not there
    doubled: list[str]  # message ids stored more than once
    unknown: list[str]  # stored, but nobody wrote them
    mixed: list[Hashable]  # threads that hold messages of more than one person
    split: list[int]  # people in more than one thread; only a change of number excuses it

    @property
    def sound(self) -> bool:
        """Nothing lost, doubled, invented or given to the wrong person."""
        return not (self.lost or self.doubled or self.unknown or self.mixed)


@dataclass(slots=True)
class Truth:
    """What happened, by message id."""

    people: dict[int, Identity] = field(default_factory=dict)
    messages: dict[str, Written] = field(default_factory=dict)
    echoes: dict[str, int] = field(default_factory=dict)  # typed by staff → person it went to
    statuses: dict[str, str] = field(default_factory=dict)  # echo → final state
    edited: dict[str, str] = field(default_factory=dict)  # message, perhaps taken back → wording
    taken_back: set[str] = field(default_factory=set)
    reactions: dict[str, str] = field(default_factory=dict)  # message → last emoji; "": taken away
    moved: set[int] = field(default_factory=set)  # people whose number changed

    def messages_found(self, stored: Iterable[tuple[str, Hashable]]) -> Findings:
        """Compare stored (message id, thread) pairs; a thread is whatever groups one person."""
        rows = list(stored)
        times = Counter(name for name, _ in rows)
        people: dict[Hashable, set[int]] = defaultdict(set)
        threads: dict[int, set[Hashable]] = defaultdict(set)
        for name, thread in rows:
            written = self.messages.get(name)
            person = written.person if written else self.echoes.get(name)
            if person is not None:
                people[thread].add(person)
                threads[person].add(thread)
        expected = self.messages.keys() | self.echoes.keys()
        return Findings(
            lost=sorted(expected - times.keys()),
            doubled=sorted(name for name, n in times.items() if n > 1),
            unknown=sorted(times.keys() - expected),
            mixed=[thread for thread, who in people.items() if len(who) > 1],
            split=sorted(person for person, where in threads.items() if len(where) > 1),
        )

    def statuses_wrong(self, stored: Mapping[str, str]) -> dict[str, tuple[str, str]]:
        """Message ids whose final state differs: id → (should be, is)."""
        return {
            name: (state, stored.get(name, ""))
            for name, state in self.statuses.items()
            if stored.get(name) != state
        }

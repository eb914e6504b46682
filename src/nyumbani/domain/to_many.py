"""Words to many: in which language, what became of each, and figures that always add up."""

import datetime as dt
import enum
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from nyumbani.domain.answers import Answer
from nyumbani.domain.delivery import State
from nyumbani.domain.phrasebook import SPOKEN_AS


@dataclass(frozen=True, slots=True)
class Chosen:
    """The language for one person, and a short code of why."""

    language: str
    why: str  # hers | fallback


def language_for(spoken: Sequence[str], written: AbstractSet[str], fallback: str) -> Chosen:
    """The first of her languages in which there are words; else the one named by the writer."""
    for code in spoken:
        own = SPOKEN_AS.get(code, code)
        if own in written:
            return Chosen(own, "hers")
    return Chosen(fallback, "fallback")


class Outlook(enum.StrEnum):
    """What would become of the words if they were sent now."""

    NOW = "now"
    HELD = "held"
    TEMPLATE = "template"  # the platform's window is closed: only an approved template leaves
    ALARM = "alarm"
    REFUSED = "refused"


def outlook(answer: Answer, until: dt.datetime | None) -> Outlook:
    """The guard's answer, as the preview counts it."""
    if answer:
        return Outlook.NOW if until is None else Outlook.HELD
    if answer.why == "window_closed":
        return Outlook.TEMPLATE
    return Outlook.ALARM if answer.why == "alarmed" else Outlook.REFUSED


def outlooks(found: Iterable[Outlook]) -> Mapping[Outlook, int]:
    """How many of each; the sum is the number of people."""
    counted = dict.fromkeys(Outlook, 0)
    for one in found:
        counted[one] += 1
    return {kind: count for kind, count in counted.items() if count}


class Fate(enum.StrEnum):
    """What has become of the words to one person."""

    PENDING = "pending"
    HELD = "held"
    QUEUED = "queued"
    UNKNOWN = "unknown"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


_OF_STATE = {
    State.QUEUED: Fate.QUEUED, State.SENDING: Fate.QUEUED, State.UNKNOWN: Fate.UNKNOWN,
    State.SENT: Fate.SENT, State.FAILED: Fate.FAILED, State.DELIVERED: Fate.DELIVERED,
    State.READ: Fate.READ, State.PLAYED: Fate.READ,
}  # fmt: skip
_BEST_FIRST = (
    Fate.READ, Fate.DELIVERED, Fate.SENT, Fate.UNKNOWN, Fate.QUEUED, Fate.HELD, Fate.FAILED,
    Fate.WITHDRAWN,
)  # fmt: skip
LEFT = frozenset({Fate.READ, Fate.DELIVERED, Fate.SENT, Fate.UNKNOWN})


def fate_of_letter(state: State, *, is_held: bool, is_withdrawn: bool) -> Fate:
    """What became of one letter."""
    if is_withdrawn:
        return Fate.WITHDRAWN
    return Fate.HELD if is_held and state is State.QUEUED else _OF_STATE[state]


def fate_of(step: str, letters: Iterable[Fate]) -> Fate:
    """What became of the words to one person, over all the channels they were sent through."""
    found = set(letters)
    best = next((fate for fate in _BEST_FIRST if fate in found), None)
    if best is not None:
        return best
    return {"refused": Fate.REFUSED, "withdrawn": Fate.WITHDRAWN}.get(step, Fate.PENDING)


def totals(fates: Iterable[Fate]) -> Mapping[Fate, int]:
    """How many of each; the sum is the number of people."""
    counted = dict.fromkeys(Fate, 0)
    for fate in fates:
        counted[fate] += 1
    return {fate: count for fate, count in counted.items() if count}


def is_unread(fate: Fate, left_at: dt.datetime | None, now: dt.datetime, minutes: int) -> bool:
    """Whether it left so long ago that another way should be thought of, and was not read."""
    if fate not in LEFT or fate is Fate.READ or left_at is None:
        return False
    return now - left_at >= dt.timedelta(minutes=minutes)

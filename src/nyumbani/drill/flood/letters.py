"""What is to become of each letter of ours in a flood, and whether the house says it truly."""

import enum
from dataclasses import dataclass
from random import Random

from nyumbani.drill.graph.faults import Fault

TAKEN = frozenset({"sent", "delivered", "read"})
UNKNOWN, FAILED = "unknown", "failed"


class Fate(enum.StrEnum):
    """How the platform ends the last try to send a letter."""

    TAKEN = "taken"
    DROPPED = "dropped"  # it leaves, and no answer comes
    LATE = "late"  # it leaves, and the answer comes too late
    FAILS_LATER = "fails_later"  # taken, then reported as failed
    REFUSED = "refused"  # for good


REFUSALS = (Fault.SERVER_ERROR, Fault.THROTTLED)  # for now: it has not left, and may be tried again


@dataclass(frozen=True, slots=True)
class Ours:
    """A letter of ours, and what the platform will do with it."""

    channel: str
    text: str
    fate: Fate
    waits: tuple[Fault, ...] = ()  # refusals for now, before the fate comes


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of it: what the house says, how often she got it, how often it was tried."""

    state: str
    arrived: int
    asked: int
    attempts: int = 1


# What comes back by itself lets the house learn of a letter whose answer was lost.
_FOUND_AGAIN = frozenset({"whatsapp", "messenger"})
_FATES = {
    "whatsapp": (Fate.DROPPED, Fate.LATE, Fate.FAILS_LATER),
    "messenger": (Fate.DROPPED, Fate.LATE),
    "sms": (Fate.DROPPED, Fate.LATE, Fate.FAILS_LATER, Fate.REFUSED),
    "telegram": (Fate.DROPPED, Fate.LATE, Fate.REFUSED),
    "email": (Fate.DROPPED, Fate.REFUSED),
}


def fate_of(channel: str, chance: Random) -> Fate:
    """Half of the letters are taken as they should be."""
    if chance.random() < 0.5:
        return Fate.TAKEN
    found = chance.choice(_FATES[channel])
    # Whoever waits for a late answer waits for ten real seconds: a few are enough.
    return found if found is not Fate.LATE or chance.random() < 0.2 else Fate.DROPPED


def waits_of(chance: Random) -> tuple[Fault, ...]:
    """A third of the letters are refused for now first, once or twice."""
    if chance.random() > 0.33:
        return ()
    return tuple(chance.choice(REFUSALS) for _ in range(chance.randint(1, 2)))


def is_lost_sight_of(letter: Ours, seen: Seen) -> bool:
    """Whether the house says it does not know, with no fault of the platform's as a reason.

    Only a sender that was killed in the act explains it, so it is counted against the kills.
    """
    has_reason = letter.fate in {Fate.DROPPED, Fate.LATE}
    return seen.state == UNKNOWN and not has_reason


def untruth(letter: Ours, seen: Seen) -> str:
    """What is wrong about a letter; empty when all is told as it was."""
    if seen.arrived > 1 or seen.attempts > 1:
        return "sent twice"
    if seen.asked > 1 + len(letter.waits):
        return "sent after a refusal"
    if seen.state == UNKNOWN:
        return ""  # an honest word; `is_lost_sight_of` counts how often it is said without need
    if seen.state == FAILED:
        may_fail = letter.fate in {Fate.REFUSED, Fate.FAILS_LATER}
        return "" if may_fail and not seen.arrived else "said to have failed"
    if seen.state not in TAKEN:
        return "not finished"
    return _untruth_of_taken(letter, seen)


def _untruth_of_taken(letter: Ours, seen: Seen) -> str:
    if not seen.arrived:
        return "said to be sent"
    is_lost = letter.fate in {Fate.DROPPED, Fate.LATE}
    return "said to be sent" if is_lost and letter.channel not in _FOUND_AGAIN else ""


def has_final_state(letter: Ours, seen: Seen) -> bool:
    """Whether the last report has been understood; some channels tell nobody of delivery."""
    tells = letter.channel in {"whatsapp", "messenger", "sms"}
    return not (tells and seen.state == "sent")

"""To whom something climbs while nobody settles it: the team first, then duty, then who leads."""

import datetime as dt
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum


class Rank(IntEnum):
    """Who is told, in the order in which they are."""

    TEAM = 0
    DUTY = 1
    COORDINATOR = 2
    DIRECTOR = 3


@dataclass(frozen=True, slots=True)
class Step:
    """Who is told when it has stood open for this long."""

    rank: Rank
    after: dt.timedelta


@dataclass(frozen=True, slots=True)
class Climb:
    """How far it has climbed, and when it climbs on (None: nobody stands above)."""

    rank: Rank
    next_rank: Rank | None = None
    next_at: dt.datetime | None = None


def escalation(steps: Sequence[Step], since: dt.datetime, now: dt.datetime) -> Climb:
    """How far something that stands open since then has climbed.

    A clock set back to before `since` leaves it with the team. What is open never sinks while time
    goes on, whatever order the steps are given in.
    """
    stood = now - since
    rank = max((step.rank for step in steps if step.after <= stood), default=Rank.TEAM)
    above = [step for step in steps if step.rank > rank]
    following = min(above, key=lambda step: (step.after, step.rank), default=None)
    if following is None:
        return Climb(rank)
    return Climb(rank, following.rank, since + following.after)


def who_is_told(climb: Climb, *, is_anybody_on_duty: bool) -> AbstractSet[Rank]:
    """Everybody it has reached. With nobody on duty, coordinators are told in their stead."""
    told = {rank for rank in Rank if rank <= climb.rank}
    if Rank.DUTY in told and not is_anybody_on_duty:
        told.add(Rank.COORDINATOR)
    return told

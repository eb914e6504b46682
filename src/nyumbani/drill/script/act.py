"""What an act is: people, steps in order, and the numbers that must come out."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from nyumbani.drill.script.cast import Character, Colleague
from nyumbani.drill.script.steps import Answers, AnyStep, Speaks, Together, Writes

NAIROBI = ZoneInfo("Africa/Nairobi")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a story test asserts after the act, as design/story.md tells it."""

    cases: int
    reporters: int  # of the case; never the person in distress herself
    conversations: int
    answered_within: dt.timedelta
    lost: int = 0
    in_distress: int = 1  # people in distress in the case when the act ends
    held: int = 0  # of the words to all: wait for her hours,
    refused: int = 0  # ... may not leave,
    out_of_reach: int = 0  # ... have no way to her


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the story."""

    number: int
    name: str
    starts: dt.datetime
    cast: tuple[Character, ...]
    staff: tuple[Colleague, ...]
    steps: tuple[AnyStep, ...]
    numbers: Numbers

    @property
    def inbound(self) -> tuple[Writes | Speaks, ...]:
        """Every message that reaches us, once each, whatever is delivered twice."""
        return tuple(_said(self.steps))

    @property
    def outbound(self) -> tuple[Answers, ...]:
        """Every reply of ours."""
        return tuple(step for step in self.steps if isinstance(step, Answers))

    @property
    def ends(self) -> dt.datetime:
        """The moment of the last step."""
        return self.steps[-1].at


def _said(steps: tuple[AnyStep, ...]) -> Iterator[Writes | Speaks]:
    for step in steps:
        if isinstance(step, Together):
            yield from step.steps
        elif isinstance(step, Writes | Speaks):
            yield step

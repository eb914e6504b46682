"""The figures of the house: what is set, and where nothing is, what stands in `terms`."""

import datetime as dt
from collections.abc import Iterable, Mapping

from nyumbani.cases.terms import Urgency
from nyumbani.domain.watch.escalation import Rank, Step
from nyumbani.watch.models.figures import Figure
from nyumbani.watch.terms import FIGURES, What


def figures() -> dict[str, int]:
    """The figures that hold now, in minutes."""
    return FIGURES | dict(Figure.objects.values_list("name", "minutes"))


def steps(known: Mapping[str, int]) -> list[Step]:
    """After how long something climbs to whom."""
    above = (Rank.DUTY, Rank.COORDINATOR, Rank.DIRECTOR)
    return [Step(rank, dt.timedelta(minutes=known[f"climb.{rank.name.lower()}"])) for rank in above]


def patience(known: Mapping[str, int], urgencies: Iterable[str]) -> dt.timedelta:
    """How long somebody may wait for an answer: by the most pressing of these, if there is one."""
    wanted = list(urgencies) or [Urgency.UNKNOWN.value]
    return dt.timedelta(minutes=min(known[f"{What.UNANSWERED.value}.{one}"] for one in wanted))

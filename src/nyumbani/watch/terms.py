"""The words of this room, and the figures that hold until somebody sets others."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.terms import Urgency
from nyumbani.domain.watch.duty import Tier as DutyTier
from nyumbani.domain.watch.escalation import Rank

EVERY = dt.timedelta(minutes=5)
"""How often the watch looks."""

ASLEEP = dt.timedelta(minutes=20)
"""Looking again after longer than this, the watch has slept and says so."""

CATCH_UP = dt.timedelta(minutes=10)
"""After a sleep the platforms have this long to bring what they kept for us, before it counts that
nobody was heard."""

LONGEST_CATCH_UP = dt.timedelta(hours=1)
"""While what came is still being read, it may last longer; but no longer than this: whoever is
truly silent must not be forgotten because a reader is stuck."""

SHOWN = dt.timedelta(days=1)
"""For so long the page says that the watch has slept."""

AHEAD = dt.timedelta(days=14)
"""How far ahead gaps of the roster are looked for."""

LONGEST_LIMIT = 24 * 60  # hours: sixty days


class Life(models.TextChoices):
    """By what else than a message of hers we know that she lives."""

    CALLED = "called", _("We talked with her on the telephone")
    SEEN = "seen", _("Somebody met her")
    TOLD = "told", _("Somebody who is with her told us")
    ELSEWHERE = "elsewhere", _("She wrote elsewhere")


class Ending(models.TextChoices):
    """How an alarm ended."""

    HEARD = "heard", _("she was heard again")
    STAFF = "staff", _("settled by staff")


class Tier(models.TextChoices):
    """Who is asked first, who stands in, and when the office itself answers."""

    FIRST = DutyTier.FIRST, _("asked first")
    SECOND = DutyTier.SECOND, _("stands in")
    OFFICE = DutyTier.OFFICE, _("office hours: everybody answers")


class What(models.TextChoices):
    """What climbs."""

    SILENT = "silent", _("not heard from")
    UNANSWERED = "unanswered", _("waits for an answer")


RANKS = {
    Rank.TEAM: _("team"),
    Rank.DUTY: _("duty officer"),
    Rank.COORDINATOR: _("coordinators"),
    Rank.DIRECTOR: _("directors"),
}
"""Who is told, in a word."""

FIGURES = {
    **{
        f"silent.{urgency.value}": hours * 60
        for urgency, hours in (
            (Urgency.NOW, 12), (Urgency.SOON, 48), (Urgency.UNKNOWN, 72), (Urgency.PLANNED, 168),
        )
    },
    **{
        f"unanswered.{urgency.value}": minutes
        for urgency, minutes in (
            (Urgency.NOW, 15), (Urgency.SOON, 60), (Urgency.UNKNOWN, 60), (Urgency.PLANNED, 240),
        )
    },
    "climb.duty": 30,
    "climb.coordinator": 60,
    "climb.director": 180,
}  # fmt: skip
"""Minutes, until a coordinator or director sets others: after how long somebody in distress counts
as silent or as unanswered, by how urgent her case is, and when it climbs."""

LONGEST_FIGURE = 60 * 24 * 60  # minutes: sixty days

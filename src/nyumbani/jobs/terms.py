"""The words of the queue: states, endings, refusals, and how long a job rests between tries."""

import datetime as dt
import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from nyumbani.kit.tokens import COUNT, HEX, ULID, WORD

LEASE = dt.timedelta(seconds=60)
"""How long a worker holds a job before it must say again that it is alive."""

LONGEST_LEASE = dt.timedelta(minutes=10)
"""No lease is longer; one that ends later was written by a clock that has since been set back."""

FIRST_REST = dt.timedelta(seconds=5)
LONGEST_REST = dt.timedelta(hours=6)
MAX_ATTEMPTS = 14
"""With rests of 5 s, 15 s, 45 s … 6 h, fourteen tries outlast a day without network: 34 h 33 min
in the middle, 25 h 55 min at the shortest."""

_PART = rf"(?:{ULID}|{HEX}|{WORD}|{COUNT})"

KIND = re.compile(rf"{WORD}\.{WORD}")
"""What a job's kind looks like: `<room>.<verb>`, such as `inbox.read`."""

TOKEN = re.compile(rf"{_PART}(?:[.:]{_PART}){{0,5}}")
"""What a text in a job is like: an id, a hash, words of ours. Names, numbers, addresses and a
platform's message ids (which hide telephone numbers) do not fit; rows are named by our own ids."""

REASON = re.compile(r"[a-z][a-z0-9 .:_-]{0,79}")
"""What `GiveUp` and `TryAgain` may say: a fixed phrase of ours, never words from outside."""

_TELEPHONE = re.compile(r"[0-9]{7}")


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DEAD = "dead", _("Stopped")


class Death(models.TextChoices):
    """Why a job waits for a person instead of a worker."""

    UNKNOWN_KIND = "unknown_kind", _("No room knows this kind")
    GAVE_UP = "gave_up", _("Cannot be done")
    EXHAUSTED = "exhausted", _("Tried too often")
    LOST = "lost", _("Its worker broke off every time")


class Discard(models.TextChoices):
    """Why a person laid a dead letter aside; a choice, so that no name is typed here."""

    NOT_NEEDED = "not_needed", _("No longer needed")
    DONE_OTHERWISE = "done_otherwise", _("Done another way")
    MISTAKE = "mistake", _("Asked for by mistake")


class TryAgain(Exception):
    """The work cannot be done now: run it again `after` this long. Counts as a try."""

    def __init__(self, after: dt.timedelta, why: str = "") -> None:
        super().__init__(why)
        self.after = after


class GiveUp(Exception):
    """The work can never be done: lay it before a person now. `why` is a fixed phrase of ours."""


class LeaseLost(Exception):
    """Somebody else has this job now; whatever this worker was about to store must not be."""


class NotForTheQueue(ValueError):
    """A job was refused because something in it could be personal data; the text is not quoted."""


class NotDead(ValueError):
    """There is no dead letter of this id: it was retried, discarded, or never was."""


class SameWorkWaits(ValueError):
    """An unfinished job with the same key stands in the queue, so this one need not run again."""


def rest(attempt: int, chance: float) -> dt.timedelta:
    """How long a job rests after its `attempt`-th failure (from 1): three times as long each time.

    `chance` (0 ≤ chance < 1) comes from outside and moves the rest by up to a quarter either way,
    so that what failed together does not come back together.
    """
    if attempt < 1:
        raise ValueError("the first failure is number 1")
    # Beyond the twentieth power the cap has long won; the bound keeps the number small.
    grown = FIRST_REST.total_seconds() * 3.0 ** min(attempt - 1, 20)
    return dt.timedelta(seconds=min(grown, LONGEST_REST.total_seconds()) * (0.75 + chance / 2))


def is_token(text: str) -> bool:
    """Whether this text may stand in a job."""
    return len(text) <= 200 and bool(TOKEN.fullmatch(text))


def phrase(why: str) -> str:
    """The reason a handler gave if it is a fixed phrase; else nothing, for it may hold a name."""
    fits = REASON.fullmatch(why) and not _TELEPHONE.search(why)
    return why if fits else ""

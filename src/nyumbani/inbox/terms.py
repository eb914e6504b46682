"""The words of this room, and how long it goes on trying."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nyumbani.domain.delivery import State
from nyumbani.domain.safe_words import Kind

SENDING_TRIES = 60
LONGEST_REST_OF_A_LETTER = dt.timedelta(minutes=30)
"""Rests grow as the queue's do, 5 s, 15 s, 45 s …, but no longer than this: somebody waits for the
answer, and the network may be back any minute. Sixty tries last 26 hours at the shortest, so her
window of 24 hours closes first."""

LARGEST_SENT = 16 * 1024 * 1024
"""Bytes of a file that staff send: more would take her telephone's line an hour."""

OVERDUE = dt.timedelta(minutes=15)
"""A letter that has not left after this long is shown to people, whatever the worker thinks."""

KEPT_BY_PLATFORM = dt.timedelta(days=7)
FETCHING_TRIES = 100
"""With rests of 1, 2, 4 … 128 minutes a hundred tries last more than eight days."""

NAMING_TRIES = 8
"""With rests of 1, 3, 9 … minutes a name is asked for during a day and a half."""


_PLACES = (
    "Africa/Tripoli", "Africa/Nairobi", "Africa/Addis_Ababa", "Africa/Cairo",
    "Africa/Dar_es_Salaam", "Africa/Kampala", "Africa/Kigali", "Africa/Khartoum", "Africa/Lagos",
    "Africa/Mogadishu", "Africa/Tunis", "Africa/Algiers", "Africa/Casablanca", "Asia/Riyadh",
    "Asia/Dubai", "Asia/Qatar", "Asia/Kuwait", "Asia/Bahrain", "Asia/Muscat", "Asia/Amman",
    "Asia/Beirut", "Asia/Baghdad", "Asia/Damascus", "Asia/Aden", "Europe/Istanbul",
    "Europe/Nicosia", "Europe/Rome", "Europe/Athens", "Europe/Madrid", "Europe/Berlin",
    "Europe/London", "Asia/Bangkok", "Asia/Yangon", "Asia/Kolkata", "Asia/Kuala_Lumpur",
    "Asia/Manila", "America/New_York", "UTC",
)  # fmt: skip
# None stands first: an hour taken for granted would be another one where she is.
ZONES = [("", "–"), *((name, name.replace("_", " ")) for name in _PLACES)]
"""Where women may be whose hours are agreed on; any other zone can be added here."""


SAYABLE = (
    (Kind.NAME.value, _("names of people")),
    (Kind.PLACE.value, _("places")),
    (Kind.TIME.value, _("times and days")),
    (Kind.TRAVEL.value, _("journeys")),
)
"""What somebody's own rule can allow in words to her (nyumbani.domain.safe_words)."""

WITHDRAWN = gettext_noop("withdrawn before it left: the sending to many was stopped")
"""Why a letter that had not left does not leave: nobody has to look after it."""


class Way(models.TextChoices):
    """Which way a message went."""

    IN = "in", _("from her")
    OUT = "out", _("from us")
    ECHO = "echo", _("from us, written on the organisation's own phone or page")
    NOTICE = "notice", _("notice")


class Reading(models.TextChoices):
    """What became of a journalled webhook body."""

    WAITING = "waiting", _("not read yet")
    READ = "read", _("read")
    ODD = "odd", _("read, with something not understood")


class ChangeKind(models.TextChoices):
    """What happened to an earlier message."""

    EDIT = "edit", _("edited")
    DELETION = "deletion", _("taken back")
    REACTION = "reaction", _("reaction")


class Keeping(models.TextChoices):
    """Whether an attached file is here."""

    PENDING = "pending", _("being fetched")
    KEPT = "kept", _("here")
    CHANGED = "changed", _("here, but not the file the platform announced")
    EXPIRED = "expired", _("no longer offered by the platform")
    REFUSED = "refused", _("not fetched, for safety")


class AttemptState(models.TextChoices):
    """What became of one attempt to send; order and meaning in nyumbani.domain.delivery."""

    QUEUED = State.QUEUED, _("waiting to be sent")
    SENDING = State.SENDING, _("being sent")
    UNKNOWN = State.UNKNOWN, _("not known whether it was sent")
    SENT = State.SENT, _("sent")
    FAILED = State.FAILED, _("not sent")
    DELIVERED = State.DELIVERED, _("delivered")
    READ = State.READ, _("read")
    PLAYED = State.PLAYED, _("played")


class Holding(models.TextChoices):
    """What an attempt waits for that may not leave yet."""

    SAFE_TIME = "safe_time", _("her safe time")
    PEOPLE = "people", _("the platform's limit of people a day")


class TemplateCategory(models.TextChoices):
    """What a template is for, as the platform sorts them; it asks another price for each."""

    UTILITY = "utility", _("utility")
    MARKETING = "marketing", _("marketing")
    AUTHENTICATION = "authentication", _("authentication")


class TemplateStatus(models.TextChoices):
    """Where a template stands with the platform; only approved ones may be sent."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("being checked by the platform")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    PAUSED = "paused", _("paused by the platform")
    DISABLED = "disabled", _("disabled by the platform")
    DELETED = "deleted", _("deleted at the platform")


class Show(models.TextChoices):
    """What the inbox's list shows."""

    ALL = "all", _("All")
    WAITING = "waiting", _("Waiting")
    DANGER = "danger", _("Danger")
    MINE = "mine", _("Mine")
    UNASSIGNED = "unassigned", _("Nobody's yet")
    MENTIONS = "mentions", _("Mentions")
    URGENT = "urgent", _("Urgent")


class Order(models.TextChoices):
    """What stands first in the inbox's list."""

    NEWEST = "newest", _("the newest first")
    URGENT = "urgent", _("danger first, then the newest")


class LabelKind(models.TextChoices):
    """How a label is drawn: one of the kinds of `ui`, never without its name."""

    PLAIN = "", _("plain")
    BRAND = "brand", _("green")
    OK = "ok", _("light green")
    WARN = "warn", _("amber")
    DANGER = "danger", _("red")


class Share(models.TextChoices):
    """What somebody has to do with a message besides owning the telephone it came from."""

    WRITER = "writer", _("written by")
    ABOUT = "about", _("about")


LONGEST_ASIDE = dt.timedelta(days=31)
"""No conversation is laid aside for longer: who would remember why?"""

COMES_BACK = {
    "hour": _("in an hour"),
    "three": _("in three hours"),
    "tomorrow": _("tomorrow morning"),
    "safe": _("at her next safe time"),
}
"""When a conversation that was laid aside may come back, in words."""

"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nyumbani.domain.phrasebook import LANGUAGES
from nyumbani.people.terms import Language

VARIANTS = [(code, Language(code).label) for code in LANGUAGES]
"""Languages in which words to many are written, each under its own name."""

SUBJECT_LENGTH = 120  # characters
TEXT_LENGTH = 4000  # characters of one language's words
PATIENCE = 60  # minutes after which somebody who has not read is named
A_PART = 20  # recipients written to in one job: a short transaction


class State(models.TextChoices):
    """How far words to many have come."""

    DRAFT = "draft", _("draft")
    GOING = "going", _("being sent")
    STOPPED = "stopped", _("stopped")
    DONE = "done", _("written to all")


class Aim(models.TextChoices):
    """To whom they go."""

    GROUP = "group", _("people of a case")
    WAITING = "waiting", _("people who wait for an answer")
    SILENT = "silent", _("people not heard from for some days")
    LANGUAGE = "language", _("people who speak a language")
    MINE = "mine", _("people whom I answer")


class Step(models.TextChoices):
    """What has been done about one recipient."""

    PENDING = "pending", _("not yet")
    WRITTEN = "written", _("written")
    REFUSED = "refused", _("not written")
    WITHDRAWN = "withdrawn", _("withdrawn")

"""The words of this room."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far the way home has come."""

    INTAKE = "intake", _("First message")
    ASSESSMENT = "assessment", _("Assessment")
    PREPARING = "preparing", _("Preparing")
    ON_THE_WAY = "on_the_way", _("On the way")
    HOME = "home", _("Home")
    CLOSED = "closed", _("Closed")


class Urgency(models.TextChoices):
    """How soon somebody must act, as a person judged it."""

    NOW = "now", _("danger now")
    SOON = "soon", _("within a day")
    PLANNED = "planned", _("can be planned")
    UNKNOWN = "unknown", _("not known yet")


class Part(models.TextChoices):
    """What a member is in the case."""

    REPORTER = "reporter", _("Reporter")
    IN_DISTRESS = "in_distress", _("In distress")
    FAMILY = "family", _("Family")
    WITNESS = "witness", _("Witness")


class CaseRole(models.TextChoices):
    """What a member of staff is in the case."""

    LEAD = "lead", _("Lead")
    TEAM = "team", _("Team")


class Standing(models.TextChoices):
    """How sure a fact is: alleged until established."""

    ALLEGED = "alleged", _("alleged")
    ESTABLISHED = "established", _("established")
    CONTRADICTED = "contradicted", _("contradicted")


class Matter(models.TextChoices):
    """What a fact is about."""

    MISTREATMENT = "mistreatment", _("Mistreatment")
    PASSPORT_WITHHELD = "passport_withheld", _("Passport withheld")
    CONFINEMENT = "confinement", _("Locked in")
    UNPAID_WAGES = "unpaid_wages", _("Wages not paid")
    HEALTH = "health", _("Health")
    PLACE = "place", _("Where she is")
    SAFE_CONTACT = "safe_contact", _("When and how to write to her")
    OTHER = "other", _("Something else")


class Show(models.TextChoices):
    """What the list of cases shows."""

    OPEN = "open", _("Open")
    DANGER = "danger", _("Danger now")
    LED = "led", _("Led by me")
    CLOSED = "closed", _("Closed")


class OnlyLooks(PermissionDenied):
    """Whoever broke the glass tried to write: answered 403, and ui/403.html says so."""

    def __str__(self) -> str:
        # A word of ours: what other refusals carry may name somebody and is never shown.
        return "only_looks"


class NotOrphaned(Exception):
    """Somebody works on this case: its lead decides who else does."""


DEEDS = {
    "case.opened": _("opened the case"),
    "case.joined": _("added a person"),
    "case.assigned": _("let a colleague work on it"),
    "case.lead_named": _("named a lead, as nobody worked on it"),
    "case.taken_off": _("took a colleague off"),
    "case.moved": _("moved it to another stage"),
    "case.urgency_judged": _("judged how urgent it is"),
    "case.noted": _("wrote a note"),
    "case.seen": _("looked at the case"),
    "glass.broken": _("broke the glass"),
    "notice.read": _("acknowledged a broken glass"),
    "fact.written": _("wrote down what was said"),
    "fact.judged": _("judged what was said"),
    "task.set": _("set a task"),
    "task.done": _("ticked a task"),
    "task.reopened": _("opened a task again"),
    "person.seen": _("looked at the person"),
    "person.reach_seen": _("looked at the numbers in full"),
    "thread.seen": _("read the conversation"),
    "file.seen": _("opened a file"),
    "thread.searched": _("searched the conversation"),
    "thread.mentioned": _("told colleagues of a note"),
    "thread.laid_aside": _("laid the conversation aside"),
    "thread.taken_back": _("took the conversation up again"),
    "thread.labelled": _("put a label on the conversation"),
    "thread.unlabelled": _("took a label off the conversation"),
    "mention.seen": _("read a note that names them"),
}
"""What the ledger's verbs mean, for a history that people read."""


TICKED = "ticked"
"""In the session: the task just ticked on Today, which is not listed there any more."""

"""The words of this room."""

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

"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nyumbani.domain.delivery import State


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


class Show(models.TextChoices):
    """What the inbox's list shows."""

    ALL = "all", _("All")
    WAITING = "waiting", _("Waiting")
    DANGER = "danger", _("Danger")
    MINE = "mine", _("Mine")
    UNASSIGNED = "unassigned", _("Nobody's yet")

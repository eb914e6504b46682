"""A duress word that came."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.vault.fields import SealedModel, SealedTextField


class Alarm(SealedModel):
    """Her duress word came: nothing is sent to her until somebody has settled it."""

    message = models.OneToOneField(Message, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    settled_how = SealedTextField(default="")

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="a_settled_alarm_names_who",
            ),
        ]
        indexes = [
            models.Index(fields=["conversation"], condition=Q(settled_at=None), name="alarms_open"),
        ]

    def __str__(self) -> str:
        return f"alarm {self.id}"

"""Words of our own under which conversations are gathered."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.terms import LabelKind
from nyumbani.vault.fields import SealedModel, SealedTextField


class Label(SealedModel):
    """A word the whole house uses; sealed, as somebody may put a place or a name into it."""

    name = SealedTextField()
    name_digest = models.CharField(max_length=64)  # of the name as one reads it
    kind = models.CharField(max_length=8, choices=LabelKind, default=LabelKind.PLAIN, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)  # shown nowhere from then on
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name_digest"], condition=Q(ended_at=None), name="a_label_of_a_name_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=LabelKind.values), name="label_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="an_ended_label_names_who",
            ),
        ]

    def __str__(self) -> str:
        return f"label {self.id}"


class ConversationLabel(models.Model):
    """A label on a conversation."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["label", "conversation"], name="a_label_once_a_thread"),
        ]

    def __str__(self) -> str:
        return f"{self.label_id} on {self.conversation_id}"

"""Two conversations that are one woman's, shown as one."""

from django.db import models
from django.db.models import F, Q

from nyumbani.accounts.models import Staff
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.vault.fields import SealedModel, SealedTextField


class Join(SealedModel):
    """Staff decided that one conversation is shown inside another; both stay as they are."""

    main = models.ForeignKey(Conversation, models.PROTECT, related_name="+")
    joined = models.ForeignKey(Conversation, models.PROTECT, related_name="+")
    why = SealedTextField(default="")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["joined"], condition=Q(undone_at=None), name="joined_into_one_alone"
            ),
            models.CheckConstraint(condition=~Q(main=F("joined")), name="never_joined_into_itself"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="an_undone_join_names_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joined_id} in {self.main_id}"

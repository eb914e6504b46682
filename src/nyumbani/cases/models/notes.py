"""What staff write for each other."""

from django.db import models

from nyumbani.accounts.models import Staff
from nyumbani.cases.models.case import Case
from nyumbani.vault.fields import SealedModel, SealedTextField


class Note(SealedModel):
    """What staff tell each other about a case; never sent to anybody."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    text = SealedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-written_at", "-id"]

    def __str__(self) -> str:
        return f"note {self.id}"

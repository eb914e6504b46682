"""Cases: one line from the first message to home."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.cases.terms import Stage, Urgency
from nyumbani.vault.fields import SealedModel, SealedTextField


class Case(SealedModel):
    """One matter we help with; may begin with a reporter and a person without a name."""

    number = models.PositiveIntegerField(unique=True)  # NYB-1
    title = SealedTextField()
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.INTAKE)
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.UNKNOWN)
    urgency_why = SealedTextField(default="")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="stage_is_known"),
            models.CheckConstraint(
                condition=Q(urgency__in=Urgency.values), name="urgency_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(stage=Stage.CLOSED) & Q(closed_at__isnull=False))
                | (~Q(stage=Stage.CLOSED) & Q(closed_at=None)),
                name="a_closed_case_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"NYB-{self.number}"

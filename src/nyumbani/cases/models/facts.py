"""What was said, by whom, and how sure it is."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.cases.models.case import Case
from nyumbani.cases.terms import Matter, Standing
from nyumbani.people.models.persons import Person
from nyumbani.vault.fields import SealedModel, SealedTextField


class Fact(SealedModel):
    """One thing said, by whom, about whom; alleged until somebody establishes it.

    In which message it was said is written down by the inbox (MessageFact), which lies above.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    about = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    matter = models.CharField(max_length=20, choices=Matter)
    text = SealedTextField()
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.ALLEGED)
    said_at = models.DateTimeField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-said_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing=Standing.ALLEGED)
                | (Q(judged_at__isnull=False) & Q(judged_by__isnull=False)),
                name="a_fact_is_alleged_until_somebody_judged",
            ),
        ]

    def __str__(self) -> str:
        return f"fact {self.id}"

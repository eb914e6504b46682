"""Who of the staff works on a case, and who looked in without belonging to it."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.cases.models.case import Case
from nyumbani.cases.terms import CaseRole
from nyumbani.vault.fields import SealedModel, SealedTextField


class CaseMembership(models.Model):
    """Which staff work on a case: who is not here does not know the case exists."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=CaseRole, default=CaseRole.TEAM)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "staff"], condition=Q(until=None), name="staff_once_in_a_case"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(until=None, role=CaseRole.LEAD),
                name="one_lead_per_case",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["staff", "until"], name="cases_of_staff")]

    def __str__(self) -> str:
        return f"{self.staff_id} in {self.case_id}"


class BrokenGlass(SealedModel):
    """Somebody opened a case they do not belong to: for a while, with a reason, others told."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    reason = SealedTextField()
    at = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.staff_id} broke into {self.case_id}"


class Notice(models.Model):
    """Something a member of staff must be told on Today, such as a broken glass."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    glass = models.ForeignKey(BrokenGlass, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"notice to {self.staff_id}"

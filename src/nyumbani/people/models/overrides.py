"""What is done without somebody's consent: why, who said so, who was told."""

from django.db import models
from django.db.models import Q

from nyumbani.domain.consent.recipients import Kind
from nyumbani.people.models.persons import Person
from nyumbani.people.terms import CAUSES, KINDS, PURPOSES, codes
from nyumbani.vault.fields import SealedModel, SealedTextField


class Override(SealedModel):
    """One of us says that something of hers must be used without her consent, and why."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16)
    kind = models.CharField(max_length=16)  # of recipient
    recipient = SealedTextField()
    fields = models.JSONField(default=list)
    cause = models.CharField(max_length=8)
    reason = SealedTextField()
    at = models.DateTimeField()
    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    purpose__in=codes(PURPOSES),
                    kind__in=codes(KINDS),
                    cause__in=codes(CAUSES),
                )
                & ~Q(kind__in=[Kind.ANYBODY.value, Kind.HELPERS.value]),
                name="override_names_whom",
            ),
        ]
        indexes = [models.Index(fields=["person", "at"], name="overrides_of_person")]

    def __str__(self) -> str:
        return f"override for {self.person_id}"


class Seconding(models.Model):
    """Another of us says so too; to a state body nothing goes on the word of one."""

    override = models.ForeignKey(Override, models.PROTECT, related_name="secondings")
    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["override", "staff"], name="seconded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} seconds {self.override_id}"


class OverrideNotice(models.Model):
    """Somebody must be told on Today that it was done without her consent."""

    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    override = models.ForeignKey(Override, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "override"], name="told_once_of_override"),
        ]

    def __str__(self) -> str:
        return f"notice to {self.staff_id}"

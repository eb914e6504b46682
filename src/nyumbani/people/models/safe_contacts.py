"""What was agreed about writing to somebody."""

from django.db import models
from django.db.models import Q

from nyumbani.people.models.persons import Person
from nyumbani.vault.fields import SealedJSONField, SealedModel


class SafeContact(SealedModel):
    """What was agreed with somebody about writing to her; a new agreement ends the one before."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agreed = SealedJSONField()  # see nyumbani.people.agreed
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-agreed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="one_safe_contact_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"safe contact of {self.person_id}"

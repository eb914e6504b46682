"""Numbers and platform ids are dated rows: whose, from when, until when."""

from django.db import models
from django.db.models import Q

from nyumbani.people.models.persons import Person
from nyumbani.vault.fields import SealedModel, SealedTextField


class Identifier(SealedModel):
    """A number or platform id that reaches somebody, from when until when.

    `space` is where the value is unique: "whatsapp" for numbers and business-scoped ids, a page for
    Messenger's ids. `digest` is the blind index of space, kind and value.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    space = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    value = SealedTextField()
    digest = models.CharField(max_length=64)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=Q(until=None), name="one_owner_per_identifier"
            ),
        ]
        indexes = [models.Index(fields=["person", "until"], name="identifiers_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"

"""Names are dated rows, each with its source."""

from django.db import models
from django.db.models import Q

from nyumbani.people.models.persons import Person
from nyumbani.people.terms import NameSource
from nyumbani.vault.fields import SealedModel, SealedTextField


class PersonName(SealedModel):
    """One way somebody is called, as given, with its source."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given = SealedTextField()
    source = models.CharField(max_length=12, choices=NameSource)
    heard_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-heard_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=NameSource.values), name="name_source_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"name of {self.person_id}"

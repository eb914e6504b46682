"""Who is in a case."""

from django.db import models
from django.db.models import Q

from nyumbani.cases.models.case import Case
from nyumbani.cases.terms import Part
from nyumbani.people.models.persons import Person
from nyumbani.vault.fields import SealedModel


class Member(SealedModel):
    """A person in a case, and what part they have in it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part)
    told_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(until=None), name="a_person_once_in_a_case"
            ),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="part_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.case_id}"

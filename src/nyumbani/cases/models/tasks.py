"""What is to be done."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.cases.models.case import Case
from nyumbani.people.models.persons import Person
from nyumbani.vault.fields import SealedModel, SealedTextField


class Task(SealedModel):
    """Something to be done for a case, by somebody, until some time."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    title = SealedTextField()
    about = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    assignee = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = [models.F("due_at").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | (Q(done_at__isnull=False) & Q(done_by__isnull=False)),
                name="a_done_task_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"task {self.id}"

"""Cases, who is in them, what is known, what is to be done."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.cases.terms import CaseRole, Matter, Part, Stage, Standing, Urgency
from nyumbani.people.models import Person
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


class Task(SealedModel):
    """Something to be done for a case, by somebody, until some time."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    title = SealedTextField()
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

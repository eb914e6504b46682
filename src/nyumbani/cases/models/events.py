"""What happens to the group of a case: append-only, so that a head-count of any past day stands."""

from django.db import models
from django.db.models import F, Q

from nyumbani.accounts.models import Staff
from nyumbani.cases.models.case import Case
from nyumbani.cases.terms import BroughtBy
from nyumbani.domain.groups.events import Kind, State
from nyumbani.people.models.persons import Person
from nyumbani.vault.fields import SealedModel, SealedTextField

KINDS = [(kind.value, kind.value) for kind in Kind]
STATES = [(state.value, state.value) for state in State]


class GroupEvent(SealedModel):
    """Somebody came into the group, left it, or is now otherwise; what it means is in `domain`.

    Who leaves the group stays in the case: whoever works on it still answers for her.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=KINDS)
    state = models.CharField(max_length=16, choices=STATES, blank=True, default="")
    is_child = models.BooleanField(default=False)
    brought_by = models.CharField(max_length=12, choices=BroughtBy, blank=True, default="")
    at = models.DateTimeField()  # when it happened
    known_at = models.DateTimeField()  # when it was written down
    whose_word = SealedTextField(default="")
    why = SealedTextField(default="")
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)  # a death, by a second person
    confirmed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    taken_back_why = SealedTextField(default="")

    class Meta:
        ordering = ["at", "known_at", "id"]
        indexes = [models.Index(fields=["case", "at"], name="group_events_of_a_case")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="group_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=Kind.BECAME, state__in=list(State))
                | (~Q(kind=Kind.BECAME) & Q(state="")),
                name="a_state_belongs_to_what_somebody_became",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.JOINED, brought_by__in=BroughtBy.values)
                | (~Q(kind=Kind.JOINED) & Q(brought_by="", is_child=False)),
                name="something_brought_whoever_came",
            ),
            models.CheckConstraint(
                condition=Q(at__lte=F("known_at")), name="nothing_is_written_down_beforehand"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="somebody_took_a_group_event_back",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | (
                    Q(state=State.DECEASED, confirmed_at__isnull=False, confirmed_by__isnull=False)
                    & ~Q(confirmed_by=F("written_by"))
                ),
                name="a_death_is_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.state} in {self.case_id}"

"""How long somebody may be silent, when that rests, and what else was heard of her."""

from django.db import models
from django.db.models import F, Q

from nyumbani.accounts.models import Staff
from nyumbani.people.models.persons import Person
from nyumbani.vault.fields import SealedModel, SealedTextField
from nyumbani.watch.terms import Life


class Limit(SealedModel):
    """After how many hours without a sign of hers her team is told; a new one ends the old."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    hours = models.PositiveSmallIntegerField()
    waits = models.BooleanField(default=False)  # until a safe time of hers has passed as well
    why = SealedTextField(default="")
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-agreed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="one_limit_at_a_time"
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="a_limit_is_a_time"),
        ]

    def __str__(self) -> str:
        return f"limit of {self.person_id}"


class Pause(SealedModel):
    """Until when her silence is expected, and why: she said that she travels."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    until = models.DateTimeField()
    why = SealedTextField()
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)  # before its time
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["until", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("begun_at")), name="a_pause_lasts"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="who_ends_a_pause_is_named",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_pause_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"pause of {self.person_id}"


class Sign(SealedModel):
    """A sign of life that came by another way than a message of hers."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Life)
    at = models.DateTimeField()
    note = SealedTextField(default="")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Life.values), name="life_is_known"),
            models.CheckConstraint(
                condition=Q(at__lte=F("noted_at")), name="a_sign_lies_in_the_past"
            ),
        ]
        indexes = [models.Index(fields=["person", "-at"], name="signs_of_person")]

    def __str__(self) -> str:
        return f"sign of {self.person_id}"

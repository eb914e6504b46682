"""A person exists once, over all cases and channels; names and identifiers are dated rows."""

from django.db import models
from django.db.models import F, Q

from nyumbani.people.terms import NameSource, PairReason, PairStanding
from nyumbani.vault.fields import SealedJSONField, SealedModel, SealedTextField


class Person(SealedModel):
    """Somebody we talk with or about; may have no name and no number yet."""

    number = models.PositiveIntegerField(unique=True)  # P-12: what staff say aloud
    first_heard_at = models.DateTimeField()
    languages = models.JSONField(default=list)  # what she speaks, as codes of Language

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"P-{self.number}"


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


class Pair(models.Model):
    """Two people who may be one, until somebody decides."""

    left = models.ForeignKey(Person, models.PROTECT, related_name="+")
    right = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=24, choices=PairReason)
    standing = models.CharField(max_length=12, choices=PairStanding, default=PairStanding.OPEN)
    raised_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Staff", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="a_pair_is_asked_once"),
            # Left is always the smaller id: a pair has one row, whoever came first.
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="pair_is_ordered"),
            models.CheckConstraint(
                condition=Q(standing=PairStanding.OPEN, decided_at=None, decided_by=None)
                | (
                    ~Q(standing=PairStanding.OPEN)
                    & Q(decided_at__isnull=False)
                    & Q(decided_by__isnull=False)
                ),
                name="a_decided_pair_names_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} ~ {self.right_id}"


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


class Tally(models.Model):
    """The last number given out for something people say aloud: P-12, NYB-1."""

    name = models.CharField(primary_key=True, max_length=16)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.last}"

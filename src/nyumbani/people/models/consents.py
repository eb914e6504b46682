"""What somebody agreed to or refused, and what she took back: rows are added, never changed."""

from django.db import models
from django.db.models import F, Q

from nyumbani.domain.consent.recipients import Kind
from nyumbani.people.models.persons import Person
from nyumbani.people.terms import KINDS, LEVELS, PURPOSES, WAYS, Says, codes
from nyumbani.vault.fields import SealedModel, SealedTextField


class Consent(SealedModel):
    """One thing she said: for what, to whom, what of her, until when; and how she said it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    says = models.CharField(max_length=8)
    purpose = models.CharField(max_length=16)  # empty in a refusal: for any purpose
    kind = models.CharField(max_length=16)  # of recipient
    recipient = SealedTextField()  # empty: any of the kind
    fields = models.JSONField(default=list)  # codes of nyumbani.domain.consent.terms.Field
    language = models.CharField(max_length=8)  # in which it was read to her
    text_version = models.PositiveIntegerField(null=True)  # which words were read to her
    way = models.CharField(max_length=16)
    witness = SealedTextField()
    is_childs = models.BooleanField(default=False)
    guardian = SealedTextField()  # who looks after her and agreed as well
    given_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    taken_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-given_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    says=Says.AGREES, purpose__in=codes(PURPOSES), text_version__isnull=False
                )
                | Q(says=Says.NEVER, purpose__in=["", *codes(PURPOSES)], until=None),
                name="consent_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("given_at")), name="consent_lasts"
            ),
            # Nobody agrees to anybody at all; it is there to be refused.
            models.CheckConstraint(
                condition=Q(kind__in=codes(KINDS)) & ~Q(says=Says.AGREES, kind=Kind.ANYBODY.value),
                name="consent_names_a_kind",
            ),
            models.CheckConstraint(condition=Q(way__in=codes(WAYS)), name="consent_way_is_known"),
        ]
        indexes = [
            models.Index(fields=["person", "given_at"], name="consents_of_person"),
            models.Index(
                fields=["until"], condition=Q(until__isnull=False), name="consents_running_out"
            ),
        ]

    def __str__(self) -> str:
        return f"consent of {self.person_id}"


class Withdrawal(SealedModel):
    """She took something back: a consent, or a refusal. It holds from `at` on."""

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()
    reason = SealedTextField()  # empty: she need not say why
    written_at = models.DateTimeField()
    taken_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"withdrawal of {self.consent_id}"


class Wish(models.Model):
    """What she wants done with what she tells us, asked at first contact; the newest holds."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    level = models.CharField(max_length=16)
    said_at = models.DateTimeField()
    taken_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-said_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=codes(LEVELS)), name="wish_is_known"),
        ]
        indexes = [models.Index(fields=["person", "said_at"], name="wishes_of_person")]

    def __str__(self) -> str:
        return f"wish of {self.person_id}"

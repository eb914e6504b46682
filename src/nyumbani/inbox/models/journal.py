"""What came, exactly as it came, and what of it nobody could read."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.inbox.terms import Reading
from nyumbani.kit import ids
from nyumbani.people.models.persons import Person
from nyumbani.vault.fields import SealedJSONField, SealedModel


class JournalEntry(models.Model):
    """A webhook body exactly as it came, sealed write-only, before we answered 200."""

    id = models.CharField(primary_key=True, max_length=ids.LENGTH, default=ids.new, editable=False)
    channel = models.CharField(max_length=16)
    account = models.CharField(max_length=64, blank=True)  # where the body itself may not say it
    received_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)  # of the raw body
    size = models.PositiveIntegerField()  # bytes
    key = models.CharField(max_length=ids.LENGTH)  # which intake key sealed it
    body = models.BinaryField()
    reading = models.CharField(max_length=8, choices=Reading, default=Reading.WAITING)
    events = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            # For ever, not for a day: platforms redeliver for a week, in any order.
            models.UniqueConstraint(fields=["channel", "sha256"], name="one_entry_per_body"),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=~Q(reading=Reading.READ), name="journal_to_look_at"
            )
        ]

    def __str__(self) -> str:
        return f"journal {self.id}"


class OddItem(SealedModel):
    """An item nobody could read or place: kept whole and shown, never dropped.

    One that says whose it is belongs to that person: sealed under her key, shown to her team.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    journal = models.ForeignKey(JournalEntry, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=16)
    key_digest = models.CharField(max_length=64, unique=True)
    why = models.CharField(max_length=200)  # our words: what was not understood, never her words
    item = SealedJSONField()
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"odd item {self.id}"

"""That somebody has not been heard from for too long."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.people.models.persons import Person
from nyumbani.vault.fields import SealedModel, SealedTextField
from nyumbani.watch.terms import Ending


class Silence(SealedModel):
    """A lost-contact alarm: raised once a silence, ended by her or by staff who know more."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField()  # the last sign of life known
    minutes = models.PositiveIntegerField()  # the limit that was passed
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    ending = models.CharField(max_length=8, choices=Ending, blank=True)
    settled_how = SealedTextField(default="")

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(settled_at=None), name="one_silence_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, ending="")
                | Q(settled_at__isnull=False, settled_by=None, ending=Ending.HEARD)
                | Q(settled_at__isnull=False, settled_by__isnull=False, ending=Ending.STAFF),
                name="a_silence_ends_in_one_way",
            ),
        ]
        indexes = [
            models.Index(
                fields=["since"], condition=Q(settled_at=None), name="silences_open"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"silence of {self.person_id}"

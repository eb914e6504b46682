"""Who is on duty, week by week, and what of it was handed over."""

from django.db import models
from django.db.models import F, Q

from nyumbani.accounts.models import Staff
from nyumbani.kit import ids
from nyumbani.vault.fields import SealedModel, SealedTextField
from nyumbani.watch.terms import Tier


class Shift(models.Model):
    """Hours of some weekdays in a zone, from a day on; one day alone where first is last."""

    id = models.CharField(primary_key=True, max_length=ids.LENGTH, default=ids.new, editable=False)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    tier = models.CharField(max_length=8, choices=Tier)
    days = models.CharField(max_length=7)  # "01234": Monday to Friday
    start = models.TimeField()
    end = models.TimeField()  # at or before the start: it passes midnight
    zone = models.CharField(max_length=40)
    first_day = models.DateField()
    last_day = models.DateField(null=True)  # the last on which it begins
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True)  # who had it left: a gap with their name

    class Meta:
        ordering = ["tier", "start", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="tier_is_known"),
            models.CheckConstraint(
                condition=Q(tier=Tier.OFFICE, staff=None)
                | (~Q(tier=Tier.OFFICE) & Q(staff__isnull=False)),
                name="a_shift_has_somebody_the_office_nobody",
            ),
            models.CheckConstraint(condition=~Q(days=""), name="a_shift_falls_on_a_day"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="a_shift_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"shift {self.id}"


class Handover(SealedModel):
    """One day of a shift passes from one colleague to another; the newest counts."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="+")
    day = models.DateField()
    giver = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    why = SealedTextField(default="")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="a_handover_has_two"),
        ]

    def __str__(self) -> str:
        return f"handover {self.id}"

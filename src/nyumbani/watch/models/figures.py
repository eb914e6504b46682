"""Figures that hold for the whole house, and when the watch last looked."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.watch.terms import FIGURES


class Figure(models.Model):
    """How many minutes one of `terms.FIGURES` is now; where there is no row, what stands there."""

    name = models.CharField(primary_key=True, max_length=32)
    minutes = models.PositiveIntegerField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(name__in=list(FIGURES)), name="figure_is_known"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="figure_is_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.minutes} min"


class Round(models.Model):
    """When the watch looked last, and when it last slept; one row a house."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    looked_at = models.DateTimeField()
    slept_from = models.DateTimeField(null=True)
    slept_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_watch_a_house"),
            models.CheckConstraint(
                condition=Q(slept_from=None, slept_until=None)
                | Q(slept_from__isnull=False, slept_until__isnull=False),
                name="a_sleep_has_two_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"looked {self.looked_at}"

"""Two people who may be one."""

from django.db import models
from django.db.models import F, Q

from nyumbani.people.models.persons import Person
from nyumbani.people.terms import PairReason, PairStanding


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

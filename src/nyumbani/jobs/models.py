"""The queue's one table."""

from django.db import models
from django.db.models import F, Q

from nyumbani.jobs import terms

UNFINISHED = [terms.State.WAITING, terms.State.RUNNING]
FINISHED = [terms.State.DONE, terms.State.DEAD]
_LEASED = Q(lease_until__isnull=False) & ~Q(lease_token="") & ~Q(held_by="")  # nosec B106
_UNLEASED = Q(lease_until__isnull=True, lease_token="", held_by="")  # nosec B106


class Job(models.Model):
    """One piece of work, kept from the transaction that asked for it until it is done.

    Two clocks: `not_before`, `created_at` and `finished_at` are the house's time (a demo moves
    it); `lease_until` and `rest_until` are real time. See nyumbani.jobs.actions.leases.
    """

    id = models.CharField(primary_key=True, max_length=26)
    kind = models.CharField(max_length=81)
    data = models.JSONField()
    key = models.CharField(max_length=200, blank=True)
    asked_by = models.CharField(max_length=200)
    outside = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=terms.State.choices, default=terms.State.WAITING)
    not_before = models.DateTimeField(null=True)  # null: at once, whatever any clock says
    rest_until = models.DateTimeField(null=True)  # only after a failure, beside not_before
    lease_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=26, blank=True)
    held_by = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=terms.MAX_ATTEMPTS)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)  # exception class and place only
    death = models.CharField(max_length=12, choices=terms.Death.choices, blank=True)
    discarded = models.CharField(max_length=14, choices=terms.Discard.choices, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        # Each index holds only the rows its question is about: done jobs are in one of them.
        indexes = [
            models.Index(
                fields=["outside", "id"],
                name="jobs_at_once",
                condition=Q(state="waiting", not_before__isnull=True),
            ),
            models.Index(
                fields=["outside", "not_before"],
                name="jobs_planned",
                condition=Q(state="waiting", not_before__isnull=False),
            ),
            models.Index(
                fields=["outside", "rest_until"],
                name="jobs_resting",
                condition=Q(state="waiting", rest_until__isnull=False),
            ),
            models.Index(
                fields=["outside", "lease_until"],
                name="jobs_running",
                condition=Q(state="running"),
            ),
            models.Index(
                fields=["created_at", "id"],
                name="jobs_dead",
                condition=Q(state="dead"),
            ),
            models.Index(
                fields=["finished_at"],
                name="jobs_done",
                condition=Q(state="done"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="jobs_key_once_unfinished",
                condition=~Q(key="") & Q(state__in=UNFINISHED),
            ),
            models.CheckConstraint(
                name="jobs_state_known", condition=Q(state__in=terms.State.values)
            ),
            models.CheckConstraint(
                name="jobs_running_is_leased",
                condition=(Q(state="running") & _LEASED) | (~Q(state="running") & _UNLEASED),
            ),
            models.CheckConstraint(
                name="jobs_dead_has_a_reason",
                condition=(Q(state="dead") & Q(death__in=terms.Death.values))
                | (~Q(state="dead") & Q(death="")),
            ),
            models.CheckConstraint(
                name="jobs_only_the_dead_are_discarded",
                condition=Q(discarded="")
                | (Q(state="dead") & Q(discarded__in=terms.Discard.values)),
            ),
            models.CheckConstraint(
                name="jobs_finished_has_an_end",
                condition=Q(state__in=FINISHED, finished_at__isnull=False)
                | Q(state__in=UNFINISHED, finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="jobs_only_the_waiting_wait",
                condition=Q(state="waiting") | Q(not_before__isnull=True, rest_until__isnull=True),
            ),
            models.CheckConstraint(
                name="jobs_a_rest_is_planned",
                condition=Q(rest_until__isnull=True) | Q(not_before__isnull=False),
            ),
            models.CheckConstraint(
                name="jobs_progress_within_total",
                condition=Q(progress_done__lte=F("progress_total")),
            ),
            models.CheckConstraint(
                name="jobs_tried_at_least_once", condition=Q(max_attempts__gte=1)
            ),
            models.CheckConstraint(name="jobs_kind_named", condition=~Q(kind="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} {self.state}"

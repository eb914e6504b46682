"""A test of one of our accounts: fixed words to an address of the house's own."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.terms import AttemptState
from nyumbani.vault.fields import SealedModel, SealedTextField


class Trial(SealedModel):
    """One test: nobody's thread, so it is no message; its outcome is told as that of a letter."""

    account = models.ForeignKey(ChannelAccount, models.PROTECT, related_name="+")
    to_kind = models.CharField(max_length=16)
    to = SealedTextField()
    state = models.CharField(max_length=12, choices=AttemptState, default=AttemptState.QUEUED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    code = models.IntegerField(null=True)
    why = models.CharField(max_length=200, blank=True)  # our words for the platform's code

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AttemptState.values), name="trial_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(why=""), name="a_failed_trial_says_why"
            ),
        ]
        indexes = [models.Index(fields=["account", "-asked_at"], name="trials_of_account")]

    def __str__(self) -> str:
        return f"test {self.id}"

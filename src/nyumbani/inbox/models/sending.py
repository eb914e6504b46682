"""The outbox: attempts to send, and what the platforms reported of them."""

from django.db import models
from django.db.models import Q

from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.terms import AttemptState, Holding
from nyumbani.kit import ids
from nyumbani.vault.fields import SealedModel, SealedTextField


class Attempt(SealedModel):
    """One attempt to send one message: the outbox. Its id travels with it and comes back."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=AttemptState, default=AttemptState.QUEUED)
    to_kind = models.CharField(max_length=16)
    to = SealedTextField()
    provider_id = SealedTextField(default="")
    provider_digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - none yet
    queued_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)  # her safe time: until then it may not leave
    override_why = SealedTextField(default="")  # why it may leave against her rule, by whom it was
    held_why = models.CharField(max_length=12, choices=Holding, default=Holding.SAFE_TIME)
    turn_at = models.DateTimeField(null=True)  # when it may leave, one after the other
    is_outside = models.BooleanField(default=False)  # left after her window: counts for the tier
    started_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    played_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    code = models.IntegerField(null=True)
    why = models.CharField(max_length=200, blank=True)  # our words for the platform's code

    class Meta:
        ordering = ["queued_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AttemptState.values), name="attempt_state_is_known"
            ),
            # "Sent" is never said before the provider said so.
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "delivered", "read", "played"])
                | Q(provider_digest__isnull=False),
                name="sent_means_the_provider_said_so",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(why=""), name="a_failure_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["message", "queued_at"], name="attempts_of_message"),
            models.Index(
                fields=["turn_at"], condition=Q(turn_at__isnull=False), name="attempts_by_turn"
            ),
            models.Index(
                fields=["started_at"], condition=Q(is_outside=True), name="attempts_outside"
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.id}"


class Report(models.Model):
    """What a platform reported of something we sent; may come before we know its id."""

    provider_digest = models.CharField(max_length=64)
    callback = models.CharField(max_length=ids.LENGTH, blank=True)  # our attempt's id, echoed
    state = models.CharField(max_length=12, choices=AttemptState)
    at = models.DateTimeField()
    code = models.IntegerField(null=True)
    why = models.CharField(max_length=200, blank=True)
    key_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["provider_digest"], name="reports_by_id"),
            models.Index(fields=["callback"], condition=~Q(callback=""), name="reports_by_attempt"),
        ]

    def __str__(self) -> str:
        return f"{self.state} of something sent"

"""Our numbers, pages and addresses on the platforms."""

from django.db import models

from nyumbani.vault.fields import SealedJSONField, SealedModel


class ChannelAccount(SealedModel):
    """One of our numbers or pages on a platform, and the secrets to talk through it."""

    channel = models.CharField(max_length=16)
    account = models.CharField(
        max_length=64
    )  # phone_number_id, page id ...: public on the platform
    label = models.CharField(max_length=64)
    secrets = SealedJSONField()  # by the names in the channel's setup
    added_at = models.DateTimeField()
    polled_to = models.CharField(max_length=64, blank=True)  # where asking for missed ones goes on
    heard_at = models.DateTimeField(null=True)  # last genuine webhook
    stopped_at = models.DateTimeField(null=True)  # the platform refused our credentials
    stopped_why = models.CharField(max_length=80, blank=True)
    business = models.CharField(max_length=64, blank=True)  # the business account it belongs to
    people_a_day = models.PositiveIntegerField(null=True)  # first written to; none: no limit
    is_shared = models.BooleanField(default=False)  # the number is used on our own phone, too
    asked_at = models.DateTimeField(null=True)  # when it last answered our asking for messages
    failed_at = models.DateTimeField(null=True)  # when asking last failed
    failed_why = models.CharField(max_length=120, blank=True)  # our words
    token_until = models.DateTimeField(null=True)  # when the token ends, where the platform tells
    token_asked_at = models.DateTimeField(null=True)  # when the platform last told

    class Meta:
        ordering = ["channel", "label"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "account"], name="one_row_per_account"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.label}"

"""Who should look at a conversation, when it comes back, who has it open, and which lists one
keeps."""

from django.db import models
from django.db.models import F, Q

from nyumbani.accounts.models import Staff
from nyumbani.inbox.models.conversations import Conversation, ConversationNote
from nyumbani.inbox.terms import Order, Show
from nyumbani.vault.fields import SealedModel, SealedTextField


class Mention(models.Model):
    """A note names a colleague, who is told of it until they have seen it."""

    note = models.ForeignKey(ConversationNote, models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["note", "staff"], name="mentioned_once_in_a_note"),
        ]
        indexes = [
            models.Index(fields=["staff"], condition=Q(seen_at=None), name="mentions_not_seen"),
        ]

    def __str__(self) -> str:
        return f"mention in {self.note_id}"


class Snooze(models.Model):
    """A conversation is laid aside until a time; that she writes or is in danger wakes it."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # taken back, or laid aside anew
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(ended_at=None), name="laid_aside_once"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("at")), name="laid_aside_until_a_later_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="an_ended_snooze_names_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} laid aside"


class Presence(models.Model):
    """Somebody had a conversation open just now: no line of the ledger, forgotten day by day."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    writes_at = models.DateTimeField(null=True)  # had words in the box when last heard of

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "staff"], name="present_once"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} in {self.conversation_id}"


class SavedView(SealedModel):
    """A way of looking at the list that somebody keeps: its name and its filter, nobody's data."""

    owner = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    name = SealedTextField()
    made_at = models.DateTimeField()
    is_shared = models.BooleanField(default=False)  # with the house
    is_default = models.BooleanField(default=False)  # of its owner
    show = models.CharField(max_length=12, choices=Show, default=Show.ALL)
    order = models.CharField(max_length=8, choices=Order, default=Order.NEWEST)
    label = models.CharField(max_length=26, blank=True)  # an id; the label may have vanished since
    channel = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=8, blank=True)
    answers = models.CharField(max_length=26, blank=True)  # id of who answers

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(is_default=True), name="one_view_opens_first"
            ),
            models.CheckConstraint(condition=Q(show__in=Show.values), name="a_view_shows_a_chip"),
            models.CheckConstraint(
                condition=Q(order__in=Order.values), name="a_view_has_a_known_order"
            ),
        ]

    def __str__(self) -> str:
        return f"view {self.id}"

"""What was written, what became of it later, what came with it and what it says."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.cases.models.facts import Fact
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import JournalEntry
from nyumbani.inbox.terms import ChangeKind, Keeping, Way
from nyumbani.kit import ids
from nyumbani.vault.fields import SealedJSONField, SealedModel, SealedTextField


class Message(SealedModel):
    """One message, by its sender's time; its id comes from what it is, so replay gives the same."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="+")
    account = models.ForeignKey(ChannelAccount, models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    content = models.CharField(max_length=12)
    text = SealedTextField(default="")
    data = SealedJSONField(default=dict)
    notes = models.JSONField(default=list)  # our words about it: "forwarded"
    # The platform's id holds her number in base64: found by digest, kept sealed.
    provider_id = SealedTextField(default="")
    provider_digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - none yet
    answers_digest = models.CharField(max_length=64, blank=True)  # the message quoted
    written_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()
    # Where it stands among those of the same second, which is as fine as WhatsApp counts: by
    # journal entry and by its place in that body.
    place = models.CharField(max_length=32, default=ids.new, editable=False)
    received_at = models.DateTimeField()
    is_past = models.BooleanField(default=False)  # from the phone's history: not waited for
    journal = models.ForeignKey(JournalEntry, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-sent_at", "-place", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=Way.values), name="way_is_known"),
            models.CheckConstraint(
                condition=~Q(way=Way.OUT) | Q(written_by__isnull=False),
                name="what_we_send_has_an_author",
            ),
        ]
        indexes = [
            models.Index(
                fields=["conversation", "-sent_at", "-place", "-id"], name="thread_newest_first"
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.id}"


class MessageChange(SealedModel):
    """An edit, a taking back or a reaction; may arrive before the message it speaks of."""

    account = models.ForeignKey(ChannelAccount, models.PROTECT, related_name="+")
    target_digest = models.CharField(max_length=64, db_index=True)
    key_digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=ChangeKind)
    text = SealedTextField(default="")  # the new words, or the emoji; empty: taken away
    at = models.DateTimeField()
    journal = models.ForeignKey(JournalEntry, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} of a message"


class Attachment(SealedModel):
    """A file that came with a message: fetched by a job, sealed, compared with the announcement."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    content = models.CharField(max_length=12)
    mime_type = models.CharField(max_length=100, blank=True)
    source = SealedJSONField(default=dict)  # provider id, address, file name
    announced_sha256 = models.CharField(max_length=64, blank=True)
    keeping = models.CharField(max_length=8, choices=Keeping, default=Keeping.PENDING)
    path = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True)  # bytes
    seconds = models.PositiveIntegerField(null=True)  # how long it plays, where the file says so
    why = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["message", "position"]
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="one_file_a_position"),
            models.CheckConstraint(
                condition=~Q(keeping__in=[Keeping.KEPT, Keeping.CHANGED])
                | (~Q(path="") & ~Q(sha256="")),
                name="a_kept_file_lies_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.position} of {self.message_id}"


class MessageFact(models.Model):
    """In which message a fact was said."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "fact"], name="a_fact_once_a_message"),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} in {self.message_id}"

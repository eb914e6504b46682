"""What people wrote and what we answered: journal first, then messages, then attempts to send."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.cases.models import Fact
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.terms import AttemptState, ChangeKind, Keeping, Reading, Way
from nyumbani.kit import ids
from nyumbani.people.models import Person
from nyumbani.vault.fields import SealedJSONField, SealedModel, SealedTextField


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

    class Meta:
        ordering = ["channel", "label"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "account"], name="one_row_per_account"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.label}"


class JournalEntry(models.Model):
    """A webhook body exactly as it came, sealed write-only, before we answered 200."""

    id = models.CharField(primary_key=True, max_length=ids.LENGTH, default=ids.new, editable=False)
    channel = models.CharField(max_length=16)
    account = models.CharField(max_length=64, blank=True)  # where the body itself may not say it
    received_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)  # of the raw body
    size = models.PositiveIntegerField()  # bytes
    key = models.CharField(max_length=ids.LENGTH)  # which intake key sealed it
    body = models.BinaryField()
    reading = models.CharField(max_length=8, choices=Reading, default=Reading.WAITING)
    events = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            # For ever, not for a day: platforms redeliver for a week, in any order.
            models.UniqueConstraint(fields=["channel", "sha256"], name="one_entry_per_body"),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=~Q(reading=Reading.READ), name="journal_to_look_at"
            )
        ]

    def __str__(self) -> str:
        return f"journal {self.id}"


class OddItem(SealedModel):
    """An item nobody could read or place: kept whole and shown, never dropped.

    One that says whose it is belongs to that person: sealed under her key, shown to her team.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    journal = models.ForeignKey(JournalEntry, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=16)
    key_digest = models.CharField(max_length=64, unique=True)
    why = models.CharField(max_length=200)  # our words: what was not understood, never her words
    item = SealedJSONField()
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"odd item {self.id}"


class Conversation(SealedModel):
    """One thread a person, over all her channels and numbers."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    last_at = models.DateTimeField()  # newest message, by its sender's time
    last_place = models.CharField(max_length=32, blank=True)  # ... and its place of arrival
    last_line = SealedTextField(default="")
    last_way = models.CharField(max_length=8, choices=Way, default=Way.IN)
    last_content = models.CharField(max_length=12, default=Content.TEXT)
    heard_at = models.DateTimeField(null=True)  # her newest message, by her sending time
    came_at = models.DateTimeField(null=True)  # when we last received one of hers
    answered_at = models.DateTimeField(null=True)  # our newest message to her
    waiting_since = models.DateTimeField(null=True)  # her oldest message nobody answered

    class Meta:
        ordering = ["-last_at", "-id"]
        indexes = [
            models.Index(fields=["-last_at", "-id"], name="inbox_newest_first"),
            models.Index(fields=["owner", "-last_at"], name="inbox_of_owner"),
        ]

    def __str__(self) -> str:
        return f"conversation {self.id}"


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
        indexes = [models.Index(fields=["message", "queued_at"], name="attempts_of_message")]

    def __str__(self) -> str:
        return f"attempt {self.id}"


class Alarm(SealedModel):
    """Her duress word came: nothing is sent to her until somebody has settled it."""

    message = models.OneToOneField(Message, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    settled_how = SealedTextField(default="")

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="a_settled_alarm_names_who",
            ),
        ]
        indexes = [
            models.Index(fields=["conversation"], condition=Q(settled_at=None), name="alarms_open"),
        ]

    def __str__(self) -> str:
        return f"alarm {self.id}"


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


class ConversationNote(SealedModel):
    """What staff tell each other inside a thread; never sent."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="+")
    text = SealedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return f"note in {self.conversation_id}"


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

"""One thread a person, and what staff tell each other in it."""

from django.db import models
from django.db.models import F, Q

from nyumbani.accounts.models import Staff
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.terms import Way
from nyumbani.people.models.persons import Person
from nyumbani.vault.fields import SealedModel, SealedTextField


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
    # The gravest of what she wrote since we last answered (models/triage.py); None: nothing.
    mark = models.PositiveSmallIntegerField(null=True)
    # Shown inside another conversation of hers. That one's moments and last line are then those of
    # both; this one keeps its own.
    joined_to = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-last_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(joined_to=F("id")), name="no_conversation_inside_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["-last_at", "-id"], name="inbox_newest_first"),
            models.Index(fields=["owner", "-last_at", "-id"], name="inbox_of_owner"),
            # Few are joined. An index that held all the others too would tell the database that a
            # value is worth nothing, and it would rather walk every conversation.
            models.Index(fields=["joined_to"], condition=~Q(joined_to=None), name="inbox_joined"),
            models.Index(
                fields=["-last_at", "-id"],
                condition=Q(waiting_since__isnull=False),
                name="inbox_waiting",
            ),
            models.Index(
                fields=["-last_at", "-id"], condition=Q(mark__isnull=False), name="inbox_marked"
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.id}"


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

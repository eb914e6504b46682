"""Words to many: what is said in which language, to whom, and the letters that came of it."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.broadcasts.terms import Aim, State, Step
from nyumbani.cases.models.case import Case
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.templates import Template
from nyumbani.people.models.persons import Person
from nyumbani.vault.fields import SealedJSONField, SealedModel, SealedTextField


class Broadcast(SealedModel):
    """Words to many, and to whom they go: the people of a case, or whom a filter finds."""

    subject = SealedTextField()  # for colleagues; never sent
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    aim = models.CharField(max_length=12, choices=Aim)
    aim_value = models.CharField(max_length=60, blank=True)  # parts, days or a language's code
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    fallback = models.CharField(max_length=8)  # the language of who speaks none of them
    # What she gets where the platform's day is over and free words may not leave.
    template = models.ForeignKey(Template, models.PROTECT, null=True, related_name="+")
    patience = models.PositiveSmallIntegerField()  # minutes
    kinds_let_stand = models.CharField(max_length=120, blank=True)  # what the lint found
    let_stand_why = SealedTextField(default="")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True)
    begun_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="many_state_known"),
            models.CheckConstraint(condition=Q(aim__in=Aim.values), name="many_aim_known"),
            models.CheckConstraint(
                condition=Q(aim=Aim.GROUP, case__isnull=False) | (~Q(aim=Aim.GROUP) & Q(case=None)),
                name="a_group_is_of_a_case",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, begun_at=None, begun_by=None)
                | (~Q(state=State.DRAFT) & Q(begun_at__isnull=False, begun_by__isnull=False)),
                name="what_goes_was_begun_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.STOPPED)
                | Q(stopped_at__isnull=False, stopped_by__isnull=False),
                name="what_stopped_names_who",
            ),
        ]

    def __str__(self) -> str:
        return f"words to many {self.id}"


class BroadcastWords(SealedModel):
    """What is said in one language."""

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    text = SealedTextField()

    class Meta:
        ordering = ["broadcast", "language"]
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "language"], name="a_language_once"),
        ]

    def __str__(self) -> str:
        return f"{self.language} of {self.broadcast_id}"


class Recipient(SealedModel):
    """Somebody these words go to; when they do, in which language, and what came of it."""

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    conversation = models.ForeignKey(Conversation, models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=12, choices=Step, default=Step.PENDING)
    language = models.CharField(max_length=8, blank=True)
    language_why = models.CharField(max_length=12, blank=True)
    outcome = SealedJSONField(default=dict)  # what the guard said: {"why", "told"}

    class Meta:
        ordering = ["broadcast", "id"]
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "person"], name="everybody_once"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="step_is_known"),
        ]
        indexes = [
            models.Index(
                fields=["broadcast", "id"], condition=Q(step=Step.PENDING), name="many_pending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.broadcast_id}"


class Letter(models.Model):
    """One message written to a recipient; a second one went through her next channel."""

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    message = models.OneToOneField(Message, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recipient", "number"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "number"], name="a_letter_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"letter {self.number} to {self.recipient_id}"

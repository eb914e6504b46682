"""How urgent a message seems to a word list, and what somebody who read it says instead."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.inbox.models.messages import Message
from nyumbani.vault.fields import SealedJSONField, SealedModel

MARKS = range(1, 6)
"""As `domain.triage.terms.Mark`: 1 is P1, 2 not understood, 3 to 5 are P2 to P4."""


class MessageTriage(SealedModel):
    """A suggestion about one message of hers; a person's own judgment stands beside it."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="+")  # it is only about it
    mark = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=12, blank=True)  # of her last messages together
    hits = SealedJSONField(default=list)  # her words: sealed as they are
    judged_at = models.DateTimeField()
    own_mark = models.PositiveSmallIntegerField(null=True)  # what somebody who read it says
    own_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    own_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(mark__in=MARKS), name="triage_mark_is_known"),
            models.CheckConstraint(
                condition=Q(own_mark=None, own_by=None, own_at=None)
                | Q(own_mark__in=MARKS, own_by__isnull=False, own_at__isnull=False),
                name="an_own_mark_names_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"triage of {self.message_id}"

"""Who wrote on a telephone that several share, and of whom a message speaks."""

from django.db import models
from django.db.models import Q

from nyumbani.accounts.models import Staff
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.terms import Share
from nyumbani.kit import ids
from nyumbani.people.models.persons import Person


class MessagePerson(models.Model):
    """A message was written by this person, or speaks of her; said by staff, and taken back so.

    What was said later holds: of several writers the last one said and not taken back. Rows of one
    `act` are taken back together.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    share = models.CharField(max_length=8, choices=Share)
    act = models.CharField(max_length=ids.LENGTH, db_index=True)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(share__in=Share.values), name="share_is_known"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="what_is_taken_back_names_who",
            ),
            models.UniqueConstraint(
                fields=["act", "message", "person", "share"], name="said_once_in_an_act"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "share"], condition=Q(undone_at=None), name="messages_of_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share} of {self.message_id}"

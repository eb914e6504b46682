"""Files that staff send: what was chosen, what left of it, and where it lies at a platform."""

from django.db import models

from nyumbani.inbox.models.messages import Attachment, Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.vault.fields import SealedModel, SealedTextField


class Enclosure(SealedModel):
    """The file that goes with a message of ours. What leaves is an attachment like any other;
    beside it the original is kept, sealed, as it was chosen.
    """

    message = models.OneToOneField(Message, models.PROTECT, related_name="+")
    file = models.OneToOneField(Attachment, models.PROTECT, related_name="+")
    original_name = SealedTextField(default="")
    original_path = models.CharField(max_length=80)
    original_sha256 = models.CharField(max_length=64)
    original_size = models.PositiveBigIntegerField()  # bytes

    def __str__(self) -> str:
        return f"what goes with {self.message_id}"


class Bringing(SealedModel):
    """Under which id a platform keeps the file of one attempt; brought again, it is another."""

    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="+")
    media_id = SealedTextField()
    brought_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"file of {self.attempt_id} at the platform"

"""What a browser gets to see of a file that a stranger sent."""

from django.db import models
from django.db.models import Q

from nyumbani.inbox.models.messages import Attachment
from nyumbani.vault.fields import SealedModel


class ViewingCopy(SealedModel):
    """A picture of the file, drawn by us and sealed; or why there is none. The original stays."""

    file = models.OneToOneField(Attachment, models.PROTECT, related_name="+")
    of_sha256 = models.CharField(max_length=64)  # the original it was drawn from
    mime_type = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True)  # bytes
    why = models.CharField(max_length=24, blank=True)  # a word of terms.NotShown
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(why="") & ~Q(path="") & ~Q(sha256="")) | (~Q(why="") & Q(path="")),
                name="a_copy_lies_somewhere_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"viewing copy of {self.file_id}"

"""A person exists once, over all cases and channels."""

from django.db import models

from nyumbani.vault.fields import SealedModel


class Person(SealedModel):
    """Somebody we talk with or about; may have no name and no number yet."""

    number = models.PositiveIntegerField(unique=True)  # P-12: what staff say aloud
    first_heard_at = models.DateTimeField()
    languages = models.JSONField(default=list)  # what she speaks, as codes of Language

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"P-{self.number}"

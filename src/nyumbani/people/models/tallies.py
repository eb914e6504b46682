"""The numbers people say aloud."""

from django.db import models


class Tally(models.Model):
    """The last number given out for something people say aloud: P-12, NYB-1."""

    name = models.CharField(primary_key=True, max_length=16)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.last}"

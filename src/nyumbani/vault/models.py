"""Wrapped keys. What they open lies in other rooms; what opens them lies outside the database."""

from django.db import models
from django.db.models import Q

from nyumbani.kit import ids


class DataKey(models.Model):
    """One version of one scope's key, wrapped by the installation key.

    Shredding a scope empties `wrapped` and `wrapped_identity`: nothing sealed under it opens again.
    """

    id = models.CharField(primary_key=True, max_length=ids.LENGTH, default=ids.new, editable=False)
    scope = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1)
    wrapped = models.BinaryField()
    recipient = models.CharField(max_length=80)  # age1...: files are sealed to it; public
    wrapped_identity = models.BinaryField()
    installation = models.CharField(max_length=16)  # fingerprint of the key that wraps
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    shredded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "version"], name="one_key_per_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="key_versions_start_at_one"),
            models.UniqueConstraint(
                fields=["scope"], condition=Q(retired_at=None), name="one_current_key_per_scope"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} v{self.version}"

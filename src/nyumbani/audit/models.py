"""The ledger's one table. Only `audit.actions.record` adds to it; triggers refuse all else."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from nyumbani.audit import chain, terms


class Entry(models.Model):
    """One line: who did or saw what, when, chained to the line before.

    What counts is `body`, the bytes under the hash. `at`, `by`, `verb` and `about` are copies for
    finding lines, letter for letter as in the body; `nyumbani verify` compares them.
    """

    n = models.IntegerField(primary_key=True)
    at = models.CharField(max_length=27)  # text: no driver may round or re-zone what was hashed
    by = models.CharField(max_length=terms.LONGEST)
    verb = models.CharField(max_length=terms.LONGEST)
    about = models.CharField(max_length=terms.LONGEST)
    body = models.BinaryField()
    prev = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["about", "n"], name="audit_entry_about"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(n__gte=1), name="audit_entry_counts_from_one"),
            models.CheckConstraint(
                condition=Q(Exact(Length(F("prev")), chain.SIZE)), name="audit_entry_prev_is_a_hash"
            ),
            models.CheckConstraint(
                condition=Q(Exact(Length(F("hash")), chain.SIZE)), name="audit_entry_hash_is_a_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.n} {self.verb} {self.about}"

"""By what somebody is found: digests alone, nothing of which says what it is of.

No kind, no order, no time and no id of its own: a row says that somebody bears something that
others may bear too, and nothing else (docs/decisions/0020-names-are-found-by-their-sound.md).
"""

from django.db import models


class Findable(models.Model):
    """One thing one person is found by: a sound, a beginning, two words, an ending, a place.

    She is named by her number (P-12) alone: a million people have fifteen million of these rows,
    and what reads them asks for the person anyway, to see whether it may know of her.
    """

    pk = models.CompositePrimaryKey("token", "number")
    token = models.BigIntegerField()  # nyumbani.vault.index.tokens
    number = models.PositiveIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"something of P-{self.number}"

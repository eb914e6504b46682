"""What keys are for."""

import re

from django.db.models import TextChoices

from nyumbani.kit.tokens import ULID

HOUSE = "house"  # what belongs to no person or case: channel secrets, second factors' secrets
INDEX = "index"  # the blind index's key; never rotated without re-indexing
INTAKE = "intake"  # the write-only door


class ShredReason(TextChoices):
    """Why a key was destroyed: a word, so that nobody's name is typed into the ledger."""

    ASKED = "asked"  # the person asked to be forgotten
    ORDERED = "ordered"  # a court or an authority
    KEPT_ENOUGH = "kept_enough"  # the time for keeping it is over
    MISTAKE = "mistake"  # written down by mistake, or of the wrong person


def person(person_id: str) -> str:
    """The scope of one person's own key: what she is called, how she is reached, what she wrote."""
    return f"person:{person_id}"


def case(case_id: str) -> str:
    """The scope of one case's key: facts, notes, tasks."""
    return f"case:{case_id}"


def is_of_one(scope: str) -> bool:
    """Whether this is the scope of one person or one case, and not the house's own."""
    return re.fullmatch(rf"(?:person|case):{ULID}", scope) is not None

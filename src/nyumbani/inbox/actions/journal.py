"""What comes through a door is written down whole before anybody answers 200."""

import hashlib

from django.db import IntegrityError, transaction

from nyumbani.inbox.models import JournalEntry
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import Doer
from nyumbani.vault import intake


def write_down(*, channel: str, body: bytes, by: Doer) -> str | None:
    """Seal and journal a genuine body and queue its reading, in one transaction.

    Returns the entry's id, or None when this very body is in the journal already. The ledger line
    is written when the body is read: the journal is append-only evidence of its own.
    """
    sha256 = hashlib.sha256(body).hexdigest()
    key, sealed = intake.seal(body)
    entry = JournalEntry(
        id=ids.new(), channel=channel, received_at=clock.now(), sha256=sha256, size=len(body),
        key=key, body=sealed,
    )  # fmt: skip
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
            enqueue(kind="inbox.read", data={"entry": entry.id}, by=by)
    except IntegrityError:
        if JournalEntry.objects.filter(channel=channel, sha256=sha256).exists():
            return None
        raise
    return entry.id

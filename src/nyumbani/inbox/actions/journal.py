"""What comes through a door is written down whole before anybody answers 200."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from nyumbani.inbox.models.journal import JournalEntry
from nyumbani.inbox.terms import Reading
from nyumbani.jobs.actions import Wish, enqueue_many
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import Doer
from nyumbani.kit.rows import Insert, Value
from nyumbani.kit.together import Together
from nyumbani.vault import intake

_INSERT = Insert(
    JournalEntry._meta.db_table,  # noqa: SLF001 - Django documents _meta
    ["id", "channel", "account", "received_at", "sha256", "size", "key", "body"],
    {"reading": Reading.WAITING.value, "events": 0},
)


@dataclass(frozen=True, slots=True)
class _Arrival:
    entry: str
    columns: tuple[Value, ...]
    by: Doer


def write_down(*, channel: str, body: bytes, by: Doer, account: str = "") -> str | None:
    """Seal and journal a genuine body and queue its reading, in one transaction.

    `account` is which of ours it came through, where the body itself may not say so.
    Returns the entry's id, or None when this very body is in the journal already. Bodies that
    arrive at the same moment share a commit; nobody returns before it. The ledger line is written
    when the body is read: the journal is append-only evidence of its own.
    """
    entry, sha256 = ids.new(), hashlib.sha256(body).hexdigest()
    key, sealed = intake.seal(body)
    columns = (entry, channel, account, clock.now(), sha256, len(body), key, sealed)
    return entry if _store(_Arrival(entry, columns, by)) else None


@transaction.atomic(durable=True)
def _keep(arrivals: Sequence[_Arrival]) -> list[bool]:
    """Whether each was new: the same body comes again for a week."""
    stored = _INSERT.store([arrival.columns for arrival in arrivals])
    for by in dict.fromkeys(arrival.by for arrival in arrivals):
        new = [one.entry for one in arrivals if one.by == by and one.entry in stored]
        enqueue_many(by=by, wishes=[Wish("inbox.read", {"entry": entry}) for entry in new])
    return [arrival.entry in stored for arrival in arrivals]


_store = Together(_keep)

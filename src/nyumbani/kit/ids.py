"""ULIDs: ids that sort by time and are made before the row is stored.

A sealed value is bound to its row's id (nyumbani.vault), so ids cannot come from the database.
"""

import datetime as dt
import hashlib

from ulid import ULID

from nyumbani.kit import clock

LENGTH = 26
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def new() -> str:
    """A new ULID of this moment, as 26 characters."""
    return str(ULID.from_datetime(clock.now()))


def derived(moment: dt.datetime, secret_digest: bytes) -> str:
    """The ULID that this moment and this keyed digest always give.

    Replaying the journal must give the same rows, so rows that come from outside take their id
    from what they are. The digest must be keyed: an id must not let a stranger test a guess.
    """
    stamp = ((moment - _EPOCH) // dt.timedelta(milliseconds=1)).to_bytes(6, "big")
    return str(ULID.from_bytes(stamp + hashlib.sha256(secret_digest).digest()[:10]))


def is_id(text: str) -> bool:
    """Whether `text` has the shape of a ULID (it may still belong to nothing)."""
    try:
        ULID.from_str(text)
    except ValueError:
        return False
    return len(text) == LENGTH

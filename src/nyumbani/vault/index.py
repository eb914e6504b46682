"""The blind index: find an exact number or id without storing it.

A keyed digest leaks only that two rows hold the same value, and nothing to who lacks the key.
"""

import hmac
import time
from collections.abc import Iterable

from nyumbani.vault import datakeys, envelope, terms

_kept: list[tuple[float, bytes]] = []


def digest(kind: str, value: str) -> str:
    """The index value of `value` (64 hex digits); `kind` keeps equal texts of two kinds apart."""
    return hmac.digest(_key(), f"{kind}\0{value}".encode(), "sha256").hex()


def tokens(texts: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The index numbers of kinds and texts: 63 bits of the digest, which the table keeps small.

    Two texts that meet by chance only make one more candidate, which is opened and put aside.
    """
    key = _key()
    return {
        one: int.from_bytes(hmac.digest(key, f"finding|{one[0]}\0{one[1]}".encode(), "sha256")[:8])
        >> 1
        for one in texts
    }


def _key() -> bytes:
    if _kept and _kept[0][0] > time.monotonic():
        return _kept[0][1]
    key = envelope.subkey(datakeys.current(terms.INDEX).key, "blind index")
    _kept[:] = [(time.monotonic() + 60, key)]
    return key


def forget() -> None:
    """Drop the index key from memory."""
    _kept.clear()

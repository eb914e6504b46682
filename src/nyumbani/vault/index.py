"""The blind index: find an exact number or id without storing it.

A keyed digest leaks only that two rows hold the same value, and nothing to who lacks the key.
"""

import hmac
import time

from nyumbani.vault import datakeys, envelope, terms

_kept: list[tuple[float, bytes]] = []


def digest(kind: str, value: str) -> str:
    """The index value of `value` (64 hex digits); `kind` keeps equal texts of two kinds apart."""
    return hmac.digest(_key(), f"{kind}\0{value}".encode(), "sha256").hex()


def _key() -> bytes:
    if _kept and _kept[0][0] > time.monotonic():
        return _kept[0][1]
    key = envelope.subkey(datakeys.current(terms.INDEX).key, "blind index")
    _kept[:] = [(time.monotonic() + 60, key)]
    return key


def forget() -> None:
    """Drop the index key from memory."""
    _kept.clear()

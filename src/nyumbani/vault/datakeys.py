"""Data keys in use: read from the table, unwrapped, and kept in memory for a minute."""

import datetime as dt
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ulid import ULID

from nyumbani.kit import clock
from nyumbani.vault import envelope, keyring
from nyumbani.vault.models import DataKey

_KEEP = 60.0  # seconds a key stays in memory before the table is asked again: shredding is felt
_MOST = 20_000
_GROWN_UP = dt.timedelta(minutes=5)  # no transaction of ours is longer
_current: dict[str, tuple[float, "OpenKey"]] = {}
_opened: dict[bytes, tuple[float, "OpenKey"]] = {}


@dataclass(frozen=True, slots=True)
class OpenKey:
    """An unwrapped data key, its scope and version."""

    id: bytes
    scope: str
    version: int
    key: bytes
    recipient: str
    wrapped_identity: bytes

    def place(self, label: str, pk: str) -> str:
        """The associated data of one field of one row under this key."""
        return f"{self.scope}|{label}|{pk}|{self.version}"

    def identity(self) -> str:
        """The age identity that opens this scope's files."""
        place = f"identity|{self.scope}|{self.version}"
        return envelope.unseal(self.key, self.wrapped_identity, place).decode()


def current(scope: str) -> OpenKey:
    """The key that new values of `scope` are sealed under.

    A young key is never taken from memory: the transaction that made it may yet be rolled back,
    and what was sealed under it would be lost.
    """
    kept = _current.get(scope)
    if kept is not None and kept[0] > time.monotonic():
        return kept[1]
    row = DataKey.objects.filter(scope=scope, retired_at=None).first()
    if row is None:
        raise envelope.CannotOpen(f"{scope} has no key")
    key = opened(row)
    if clock.real_now() - row.made_at > _GROWN_UP:
        _current[scope] = (time.monotonic() + _KEEP, key)
    return key


def by_id(key_id: bytes) -> OpenKey:
    """The key a sealed value names."""
    kept = _opened.get(key_id)
    if kept is not None and kept[0] > time.monotonic():
        return kept[1]
    row = DataKey.objects.filter(id=str(ULID.from_bytes(key_id))).first()
    if row is None:
        raise envelope.CannotOpen("the key of this value is not known here")
    return opened(row)


def all_of(scope: str) -> list[OpenKey]:
    """Every version of a scope's key that still opens, newest first."""
    rows = DataKey.objects.filter(scope=scope, shredded_at=None).order_by("-version")
    return [opened(row) for row in rows]


def warm(scopes: Iterable[str]) -> None:
    """Read the keys of many scopes in one query, before a list is shown."""
    installations: list[tuple[str, bytes]] = []
    for row in DataKey.objects.filter(scope__in=set(scopes), shredded_at=None):
        kept = _opened.get(ULID.from_str(row.id).bytes)
        if kept is None or kept[0] < time.monotonic():
            installations = installations or _installations()
            opened(row, installations)


def destroyed(scopes: Iterable[str]) -> set[str]:
    """Which of these were shredded: asked of the table, for memory may hold a key for a minute."""
    rows = DataKey.objects.filter(scope__in=set(scopes), shredded_at__isnull=False)
    return set(rows.values_list("scope", flat=True))


def opened(row: DataKey, installations: Sequence[tuple[str, bytes]] = ()) -> OpenKey:
    """Unwrap a key's row with the installation key, or with a former one being replaced.

    `installations` are their fingerprints and what they wrap with, where many rows are opened.
    """
    if row.shredded_at is not None:
        raise envelope.CannotOpen("the key of this value was destroyed")
    key_id = ULID.from_str(row.id).bytes
    place = wrap_place(row.scope, row.version)
    for fingerprint, wraps in installations or _installations():
        if fingerprint == row.installation:
            key = envelope.unseal(wraps, bytes(row.wrapped), place)
            break
    else:
        raise keyring.BadKey("the installation key given is not the one that made this data")
    found = OpenKey(key_id, row.scope, row.version, key, row.recipient, bytes(row.wrapped_identity))
    if len(_opened) >= _MOST:
        _opened.clear()
    _opened[key_id] = (time.monotonic() + _KEEP, found)
    return found


def _installations() -> list[tuple[str, bytes]]:
    return [(keyring.fingerprint(one), wrapping(one)) for one in keyring.installation_keys()]


def wrapping(installation: bytes) -> bytes:
    """The key that wraps data keys, derived from the installation key."""
    return envelope.subkey(installation, "wrap data keys")


def wrap_place(scope: str, version: int) -> str:
    """The associated data of a wrapped key."""
    return f"data key|{scope}|{version}"


def forget() -> None:
    """Drop every key from memory (lock, shredding, tests)."""
    _opened.clear()
    _current.clear()

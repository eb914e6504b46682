"""AES-256-GCM with associated data: the one way a value is sealed.

A sealed value is `0x01 | key id (16 bytes) | nonce (12) | ciphertext and tag`. The associated data
binds it to its place, so a value moved to another row, field or scope does not open.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_VERSION = b"\x01"
_NONCE = 12
_ID = 16
_HEAD = len(_VERSION) + _ID + _NONCE
_TAG = 16


class CannotOpen(Exception):
    """A sealed value does not open: moved, changed, or its key is gone."""

    silent_variable_failure = True  # a page shows a gap, not an error and never a secret


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return AESGCM.generate_key(bit_length=256)


def subkey(key: bytes, purpose: str) -> bytes:
    """The key derived from `key` for one purpose (HKDF-SHA256)."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"nyumbani " + purpose.encode()).derive(key)


def seal(key: bytes, key_id: bytes, plain: bytes, place: str) -> bytes:
    """Seal `plain` under `key`, bound to `place`; a random 96-bit nonce each time."""
    nonce = os.urandom(_NONCE)
    return _VERSION + key_id + nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def key_id_of(sealed: bytes) -> bytes:
    """Which key a sealed value names; raises CannotOpen if it is no sealed value."""
    if len(sealed) < _HEAD + _TAG or sealed[:1] != _VERSION:
        raise CannotOpen("this is not a sealed value")
    return sealed[1 : 1 + _ID]


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """Open a sealed value at its place; raises CannotOpen if a bit or the place is wrong."""
    key_id_of(sealed)
    nonce = sealed[1 + _ID : _HEAD]
    try:
        return AESGCM(key).decrypt(nonce, sealed[_HEAD:], place.encode())
    except InvalidTag as error:
        raise CannotOpen("this value was changed or moved from its place") from error

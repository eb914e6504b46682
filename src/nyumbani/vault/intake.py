"""The write-only door: writing a body down needs no secret key.

Raw webhook bodies are sealed to the intake key's public half. Opening one takes the installation
key. Today the web process holds that key too, for pages: so this protects a stolen database or
backup, not against somebody who takes over the running web process (docs/threat-model.md).
"""

import base64
import time

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from nyumbani.vault import datakeys, envelope, terms
from nyumbani.vault.models import DataKey

_KEEP = 60.0  # seconds until the table is asked for the current key again
_box: list[tuple[float, str, "SealedBox[PublicKey]"]] = []


def public_half(secret: bytes) -> str:
    """The public half of an intake key, as it stands in the key's row."""
    return base64.b64encode(bytes(_private(secret).public_key)).decode()


def seal(body: bytes) -> tuple[str, bytes]:
    """Seal a raw body; returns the id of the key and the sealed box. Needs no secret key."""
    if not _box or _box[0][0] < time.monotonic():
        _box[:] = [(time.monotonic() + _KEEP, *_current())]
    _, key_id, box = _box[0]
    return key_id, box.encrypt(body)


def forget() -> None:
    """Ask the table for the key again (tests, a key renewed in this process)."""
    _box.clear()


def _current() -> tuple[str, "SealedBox[PublicKey]"]:
    row = DataKey.objects.filter(scope=terms.INTAKE, retired_at=None).first()
    if row is None:
        raise envelope.CannotOpen("there is no intake key yet: run 'nyumbani migrate'")
    return row.id, SealedBox(PublicKey(base64.b64decode(row.recipient)))


def unseal(key_id: str, sealed: bytes) -> bytes:
    """Open a sealed body; raises CannotOpen if it was changed."""
    row = DataKey.objects.get(id=key_id)
    try:
        return SealedBox(_private(datakeys.opened(row).key)).decrypt(sealed)
    except CryptoError as error:
        raise envelope.CannotOpen("this body was changed or sealed to another key") from error


def _private(secret: bytes) -> PrivateKey:
    return PrivateKey(envelope.subkey(secret, "intake door"))

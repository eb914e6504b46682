"""The installation key (KEK): where it comes from, and what happens while nobody has given it.

It wraps every data key and lies in neither database nor data folder nor backup. It comes, in this
order, from the environment (`NYUMBANI_KEY`), a credential file (`NYUMBANI_KEY_FILE` or systemd's
`nyumbani-key`), the keys folder, or, when that file is closed with a passphrase, from
`nyumbani unlock`, which leaves it in memory-backed storage until the machine stops.
"""

import base64
import binascii
import hashlib
import os
import stat
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from django.conf import settings

from nyumbani.kit.wholefile import write_whole
from nyumbani.vault import envelope

_PLAIN = "nyumbani-key-1"
_CLOSED = "nyumbani-key-1-passphrase"
_NO_ID = bytes(16)


class Locked(Exception):
    """The installation key has not been given yet: only sealed intake is possible."""


class BadKey(Exception):
    """The installation key, its file or its passphrase is not usable; the text says why."""


def fingerprint(key: bytes) -> str:
    """Sixteen hex digits that tell two installation keys apart and nothing else."""
    return hashlib.sha256(envelope.subkey(key, "fingerprint")).hexdigest()[:16]


def installation_keys() -> list[bytes]:
    """The installation key first, then former ones still being replaced.

    Raises Locked when a passphrase is awaited, BadKey when what is there cannot be used.
    """
    if given := os.environ.get("NYUMBANI_KEY"):
        return [_decoded(given)]
    for file in (_credential(), key_file()):
        if file is not None and file.exists():
            keys = _read(file)
            if keys is None:
                return _unlocked()
            return keys
    raise BadKey(f"there is no installation key; looked in {key_file()}")


def is_locked() -> bool:
    """Whether a passphrase is still awaited."""
    try:
        installation_keys()
    except Locked:
        return True
    return False


def is_closed() -> bool:
    """Whether the key file is closed with a passphrase, unlocked or not."""
    file = key_file()
    return file.exists() and _CLOSED in file.read_text()


def source() -> str:
    """Where the installation key comes from, in words: a variable, or a file; empty: nowhere."""
    if os.environ.get("NYUMBANI_KEY"):
        return "NYUMBANI_KEY"
    files = [file for file in (_credential(), key_file()) if file is not None and file.exists()]
    return str(files[0]) if files else ""


def key_file() -> Path:
    """Where the installation key lies unless the operator says otherwise."""
    return Path(settings.NYUMBANI_KEYS) / "installation.key"


def make(passphrase: str = "") -> Path:
    """Make a new installation key in the keys folder; refuses to replace one."""
    try:
        write([envelope.new_key()], passphrase, replace=False)
    except FileExistsError:
        raise BadKey(f"{key_file()} exists already") from None
    return key_file()


def write(keys: list[bytes], passphrase: str = "", *, replace: bool = True) -> None:
    """Write the key file, mode 0600, whole or not at all; with a passphrase, closed.

    With `replace=False` raises FileExistsError where there is one.
    """
    lines = [
        _closed(key, passphrase) if passphrase else f"{_PLAIN} {base64.b64encode(key).decode()}"
        for key in keys
    ]
    write_whole(key_file(), "\n".join(lines) + "\n", replace=replace)


def unlock(passphrase: str) -> None:
    """Open the closed key file and leave the key where running processes find it.

    Raises BadKey when the passphrase is wrong or the file needs none.
    """
    keys = [_opened(line, passphrase) for line in key_file().read_text().splitlines() if line]
    text = "\n".join(f"{_PLAIN} {base64.b64encode(key).decode()}" for key in keys)
    write_whole(_memory_file(), text)


def lock() -> None:
    """Forget the unlocked key; the next request needs `nyumbani unlock` again."""
    _memory_file().unlink(missing_ok=True)


def _read(file: Path) -> list[bytes] | None:
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077 and os.name == "posix":
        raise BadKey(f"{file} can be read by others (mode {mode:o}); make it 0600")
    lines = [line for line in file.read_text().splitlines() if line]
    if any(line.startswith(_CLOSED) for line in lines):
        return None
    return [_decoded(line.removeprefix(_PLAIN).strip()) for line in lines]


def _unlocked() -> list[bytes]:
    try:
        keys = _read(_memory_file())
    except FileNotFoundError:
        keys = None
    if not keys:
        raise Locked("the installation key is closed with a passphrase: run 'nyumbani unlock'")
    return keys


def _decoded(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise BadKey("the installation key is not base64") from error
    if len(key) != envelope.KEY_BYTES:
        raise BadKey(f"the installation key has {len(key)} bytes instead of 32")
    return key


def _stretched(passphrase: str, salt: bytes) -> bytes:
    # Argon2id, 64 MiB, three passes: about a third of a second on two cores.
    return hash_secret_raw(
        passphrase.encode(), salt, time_cost=3, memory_cost=65536, parallelism=4, hash_len=32,
        type=Type.ID,
    )  # fmt: skip


def _closed(key: bytes, passphrase: str) -> str:
    salt = os.urandom(16)
    box = envelope.seal(_stretched(passphrase, salt), _NO_ID, key, "installation key")
    return f"{_CLOSED} {base64.b64encode(salt).decode()} {base64.b64encode(box).decode()}"


def _opened(line: str, passphrase: str) -> bytes:
    word, *parts = line.split()
    if word != _CLOSED or len(parts) != 2:
        raise BadKey("this installation key is not closed with a passphrase")
    salt, box = (base64.b64decode(part) for part in parts)
    try:
        return envelope.unseal(_stretched(passphrase, salt), box, "installation key")
    except envelope.CannotOpen as error:
        raise BadKey("this is not the passphrase") from error


def _credential() -> Path | None:
    if named := os.environ.get("NYUMBANI_KEY_FILE"):
        return Path(named)
    if folder := os.environ.get("CREDENTIALS_DIRECTORY"):
        return Path(folder) / "nyumbani-key"
    return None


def _memory_file() -> Path:
    # Memory-backed storage: it is gone when the machine stops, and no backup reaches it.
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or "/dev/shm")  # noqa: S108 # nosec B108
    name = hashlib.sha256(str(key_file().resolve()).encode()).hexdigest()[:16]
    return base / f"nyumbani-{os.getuid()}" / f"{name}.key"

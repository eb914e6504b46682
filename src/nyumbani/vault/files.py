"""Sealed files in age v1 format: plain `age -d` opens them without this software.

A file is opened whole, in memory or into a private folder: pyrage's file and stream forms give out
plain bytes before they have seen that the end is unchanged.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyrage
from django.conf import settings

from nyumbani.kit import ids
from nyumbani.vault import datakeys, envelope


@dataclass(frozen=True, slots=True)
class SealedFile:
    """Where a sealed file lies (relative to the data folder) and what it held."""

    path: str
    sha256: str  # of the plain content, lower-case hex
    size: int  # bytes of the plain content


def seal_file(source: Path, scope: str) -> SealedFile:
    """Seal a file to a scope's recipient; the original stays, for its owner to remove."""
    key = datakeys.current(scope)
    name = ids.new()
    relative = f"media/{name[-2:].lower()}/{name}.age"
    target = Path(settings.NYUMBANI_DATA) / relative
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_suffix(".part")
    pyrage.encrypt_file(str(source), str(part), [pyrage.x25519.Recipient.from_str(key.recipient)])
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(target)
    with source.open("rb") as plain:
        sha256 = hashlib.file_digest(plain, "sha256").hexdigest()
    return SealedFile(relative, sha256, source.stat().st_size)


def open_file(sealed: SealedFile, scope: str) -> bytes:
    """The plain content; raises CannotOpen when the file is gone, changed or not this one."""
    try:
        closed = (Path(settings.NYUMBANI_DATA) / sealed.path).read_bytes()
    except OSError as error:
        raise envelope.CannotOpen("this file is not there") from error
    content = _decrypted(closed, scope)
    if hashlib.sha256(content).hexdigest() != sealed.sha256:
        raise envelope.CannotOpen("this file opens but is not the one that was sealed")
    return content


@contextmanager
def opened_file(sealed: SealedFile, scope: str) -> Iterator[Path]:
    """The plain content as a file of a private folder: for what is large, it is there only once.

    Raises CannotOpen as `open_file` does, before anybody sees a byte.
    """
    closed = Path(settings.NYUMBANI_DATA) / sealed.path
    if not closed.is_file():
        raise envelope.CannotOpen("this file is not there")
    with private_folder() as folder:
        opened = folder / "opened"
        try:
            pyrage.decrypt_file(str(closed), str(opened), _identities(scope))
        except pyrage.DecryptError as error:
            why = "this file was changed or is sealed to another key"
            raise envelope.CannotOpen(why) from error
        with opened.open("rb") as plain:
            if hashlib.file_digest(plain, "sha256").hexdigest() != sealed.sha256:
                raise envelope.CannotOpen("this file opens but is not the one that was sealed")
        yield opened


def _decrypted(closed: bytes, scope: str) -> bytes:
    try:
        return bytes(pyrage.decrypt(closed, _identities(scope)))
    except pyrage.DecryptError as error:
        raise envelope.CannotOpen("this file was changed or is sealed to another key") from error


def _identities(scope: str) -> list[pyrage.x25519.Identity]:
    return [pyrage.x25519.Identity.from_str(key.identity()) for key in datakeys.all_of(scope)]


def plain_place() -> Path:
    """Where what is opened lies for a moment: memory-backed storage where there is one."""
    memory = Path("/dev/shm")  # noqa: S108 # nosec B108
    return memory if memory.is_dir() else Path(tempfile.gettempdir())


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder in memory-backed storage where there is one, gone after the block."""
    folder = Path(tempfile.mkdtemp(prefix="nyumbani-", dir=plain_place()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)

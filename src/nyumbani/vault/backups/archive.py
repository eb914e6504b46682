"""The inside of a backup: a plain tar of few, known parts, read and written as a stream.

Whoever knows the public half of the recovery key can seal something to it, so a backup that opens
is not yet one that we made: what comes in is taken apart here by hand, and holds regular files
with names from our own list, or nothing.
"""

import hashlib
import json
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

SQLITE, POSTGRES, MANIFEST = "database.sqlite3", "database.pgdump", "manifest.json"
FORMAT = "nyumbani-backup-1"
LARGEST_MANIFEST = 64 * 1024 * 1024  # bytes: half a million files

_NAMES = re.compile(
    rf"(?:{re.escape(SQLITE)}|{re.escape(POSTGRES)}|{re.escape(MANIFEST)}"
    r"|media/[0-9a-z]{2}/[0-9A-Za-z]{26}\.age)"
)
_BLOCK = tarfile.BLOCKSIZE
_CHUNK = 1024 * 1024


class NotABackup(Exception):
    """What was opened is not a backup of ours, or not a whole one; the text says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside: its name there, its size in bytes, and the SHA-256 of its content."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; it comes last, so that it can name every part."""

    id: str
    made_at: str  # ISO 8601, UTC
    version: str  # of the program that made it
    ledger_head: str  # `n:hash` as `nyumbani verify --head` takes it; empty: no entry yet
    ledger_whole: bool  # whether the ledger verified when the backup was made
    installation: str  # fingerprint of the installation key that is needed to read it
    parts: tuple[Part, ...] = ()
    format: str = FORMAT


class Reader:
    """A file-like object that gives out a tar of the sources, then the manifest, as it is read.

    Nothing is kept but one chunk, however large the files are. A source that is gone when its turn
    comes is left out: a file nobody refers to any more.
    """

    def __init__(self, sources: Iterator[tuple[str, Path]], manifest: Manifest) -> None:
        self._head = manifest
        self.parts: list[Part] = []
        self._stream = self._bytes(sources)
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size` of them; empty at the end."""
        while not self._left:
            try:
                self._left = next(self._stream)
            except StopIteration:
                return b""
        size = len(self._left) if size < 0 else size
        given, self._left = self._left[:size], self._left[size:]
        return given

    def manifest(self) -> Manifest:
        """The manifest with every part that has been given out."""
        return replace(self._head, parts=tuple(self.parts))

    def _bytes(self, sources: Iterator[tuple[str, Path]]) -> Iterator[bytes]:
        for name, path in sources:
            try:
                with path.open("rb") as file:
                    yield from self._file(name, file, path.stat().st_size)
            except FileNotFoundError:
                continue
        text = json.dumps(asdict(self.manifest()), indent=1).encode()
        yield _header(MANIFEST, len(text))
        yield text + _padding(len(text))
        yield bytes(2 * _BLOCK)

    def _file(self, name: str, file: BinaryIO, size: int) -> Iterator[bytes]:
        yield _header(name, size)
        digest, left = hashlib.sha256(), size
        while left:
            chunk = file.read(min(left, _CHUNK))
            if not chunk:
                raise OSError(None, "a file became shorter while it was read", name)
            digest.update(chunk)
            left -= len(chunk)
            yield chunk
        yield _padding(size)
        self.parts.append(Part(name, size, digest.hexdigest()))


@dataclass(slots=True)
class _Open:
    """The part being written."""

    name: str
    size: int
    file: BinaryIO
    left: int
    skip: int
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)


class Writer:
    """A file-like object that takes a tar apart into a folder, part by part, as it is written.

    Raises NotABackup for anything but regular files of our own names, each once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.parts: list[Part] = []
        self._buffer = b""
        self._open: _Open | None = None
        self._ended = False

    def write(self, data: bytes) -> int:
        """Take the next bytes."""
        self._buffer += bytes(data)
        while self._buffer and self._step():
            pass
        return len(data)

    def flush(self) -> None:
        """Every part is flushed when it is whole."""

    def close(self) -> None:
        """Close what an interruption left open."""
        if self._open is not None:
            self._open.file.close()

    def finish(self) -> Manifest:
        """The manifest, after every part has been held against it; raises NotABackup."""
        if self._open is not None or not self._ended:
            raise NotABackup("it ends too early")
        found = {part.name: part for part in self.parts if part.name != MANIFEST}
        manifest = self._manifest()
        promised = {part.name: part for part in manifest.parts}
        for name in sorted(found.keys() | promised.keys()):
            if found.get(name) != promised.get(name):
                raise NotABackup(f"{name} inside is not what its manifest says")
        return manifest

    def _step(self) -> bool:
        """Take one piece of the buffer; False when more is needed first."""
        if self._ended:
            self._buffer = b""
            return False
        if self._open is not None:
            return self._content(self._open)
        if len(self._buffer) < _BLOCK:
            return False
        block, self._buffer = self._buffer[:_BLOCK], self._buffer[_BLOCK:]
        if not any(block):
            self._ended = True
        else:
            self._begin(block)
        return True

    def _content(self, part: _Open) -> bool:
        if part.left:
            chunk, self._buffer = self._buffer[: part.left], self._buffer[part.left :]
            part.file.write(chunk)
            part.digest.update(chunk)
            part.left -= len(chunk)
        else:
            gone = min(part.skip, len(self._buffer))
            self._buffer = self._buffer[gone:]
            part.skip -= gone
        if not part.left and not part.skip:
            part.file.close()
            self.parts.append(Part(part.name, part.size, part.digest.hexdigest()))
            self._open = None
        return True

    def _begin(self, block: bytes) -> None:
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        except (tarfile.HeaderError, ValueError):
            raise NotABackup("it holds something that is not a tar") from None
        if info.type != tarfile.REGTYPE or not _NAMES.fullmatch(info.name) or info.size < 0:
            raise NotABackup("it holds something that does not belong in a backup")
        path = self._folder / info.name
        if path.exists():
            raise NotABackup(f"it holds {info.name} twice")
        if info.name == MANIFEST and info.size > LARGEST_MANIFEST:
            raise NotABackup("its manifest is too large")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        file = os.fdopen(descriptor, "wb")
        self._open = _Open(info.name, info.size, file, left=info.size, skip=-info.size % _BLOCK)

    def _manifest(self) -> Manifest:
        try:
            stored = json.loads((self._folder / MANIFEST).read_bytes())
            parts = tuple(
                Part(str(part["name"]), int(part["size"]), str(part["sha256"]))
                for part in stored.pop("parts")
            )
            manifest = Manifest(**stored, parts=parts)
        except FileNotFoundError:
            raise NotABackup("it has no manifest") from None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise NotABackup("its manifest cannot be read") from None
        told = (manifest.id, manifest.made_at, manifest.ledger_head, manifest.installation)
        if manifest.format != FORMAT or not all(isinstance(text, str) for text in told):
            raise NotABackup("it was made by another version; its manifest says which")
        return manifest


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)  # base-256 sizes: a part may be larger than 8 GiB


def _padding(size: int) -> bytes:
    return bytes(-size % _BLOCK)

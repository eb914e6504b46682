"""The file that an export comes in: a text, or a zip with the text and the media.

Nothing is unpacked to disk: the text would lie there in the clear. A zip is read where it lies, and
its names are only names, never paths. What it claims about itself is not believed: the standard
library stops at the claimed size and then compares the checksum.
"""

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Any, BinaryIO, Self, TypeVar

from nyumbani.chats.chat_exports.directory import directory_size

MOST_ENTRIES = 20_000
LARGEST_DIRECTORY = 32 << 20  # bytes; the standard library reads it whole
LARGEST_ENTRY = 2 << 30
LARGEST_TOTAL = 8 << 30
MOST_RATIO = 200  # uncompressed to compressed, where it matters:
RATIO_FROM = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_ZIP = b"PK\x03\x04"
_CHUNK = 256 << 10
_IPHONE = "_chat.txt"
_OF_A_COMPUTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$)")
_TITLE = re.compile(
    r"(?:WhatsApp Chat with|WhatsApp Chat -|WhatsApp-Chat mit|Chat WhatsApp con|"
    r"Chat de WhatsApp con|Discussion WhatsApp avec|Conversa do WhatsApp com|WhatsApp-chat met|"
    r"Chat WhatsApp dengan|WhatsApp-keskustelu: |محادثة واتساب مع) ?(.+?)(?: \(\d+\))?\.(?:txt|zip)"
)


Found = TypeVar("Found")


class BadExport(ValueError):
    """The file is no export that can be read; the text is one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file beside the chat. Its name is what messages call it, and never a path."""

    name: str
    size: int  # bytes, as claimed
    _open: Callable[[], BinaryIO]

    def open(self) -> BinaryIO:
        """Its bytes. Reading raises BadExport if the zip lied about them."""
        return self._open()

    def sha256(self) -> str:
        """Of its bytes, in hex; reads it whole."""
        with self.open() as stream:
            return _digest(stream)


@dataclass(frozen=True, slots=True)
class Export:
    """An opened export; closes what it holds when left."""

    chat: BinaryIO  # seekable; reading raises BadExport if the zip lied
    chat_name: str
    title: str  # of the group or the other person, from the file's name; often empty
    media: dict[str, Attached]
    sha256: str  # of the file as it came
    size: int  # of the file as it came, in bytes
    chat_size: int  # of the text, as claimed
    _close: Callable[[], None]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.chat.close()
        self._close()


def open_export(path: Path, name: str = "") -> Export:
    """Open a text or a zip. Raises BadExport, also for a missing file.

    `name` is what the file was called where it came from, if it is called otherwise here.
    """
    name = name or path.name
    try:
        stream = path.open("rb")
    except OSError as error:
        raise BadExport(f"{path} cannot be read: {error.strerror or error}") from None
    try:
        sha256, size = _digest(stream), stream.tell()
        stream.seek(0)
        is_zip = stream.read(len(_ZIP)) == _ZIP
        stream.seek(0)
        if not is_zip:
            return Export(stream, name, _title(name), {}, sha256, size, size, stream.close)
        return _zip(stream, name, sha256, size)
    except BaseException:
        stream.close()
        raise


def _zip(stream: BinaryIO, name: str, sha256: str, size: int) -> Export:
    if directory_size(stream) > LARGEST_DIRECTORY:
        raise BadExport("the zip lists too many files")
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise BadExport(f"the zip is damaged: {error}") from None
    entries = _checked(archive.infolist())
    chat = _chat_among(entries, name)
    media = {
        entry_name: Attached(entry_name, entry.file_size, _opener(archive, entry))
        for entry_name, entry in entries.items()
        if entry_name != chat
    }

    def close() -> None:
        archive.close()
        stream.close()

    return Export(
        _opener(archive, entries[chat])(), chat, _title(name) or _title(chat), media, sha256, size,
        entries[chat].file_size, close,
    )  # fmt: skip


def _checked(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(infos) > MOST_ENTRIES:
        raise BadExport(f"the zip holds more than {MOST_ENTRIES:,} files")
    if sum(info.file_size for info in infos) > LARGEST_TOTAL:
        raise BadExport(f"the zip would unpack to more than {LARGEST_TOTAL >> 30} GiB")
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        if info.is_dir() or _OF_A_COMPUTER.search(info.filename):
            continue
        name = _name(info)
        if name in found:
            raise BadExport(f"the zip holds two files called {name!r}")
        _check_contents(info, name)
        found[name] = info
    return found


def _name(info: zipfile.ZipInfo) -> str:
    """The last part of its name; of the whole, as the standard library cuts names at NUL."""
    whole = info.orig_filename
    parts = whole.split("/")
    is_path = whole.startswith("/") or "\\" in whole or ":" in parts[0][1:2] or ".." in parts
    if is_path or "\0" in whole or not parts[-1]:
        raise BadExport(f"the zip holds a file with a name that is none: {whole[:80]!r}")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise BadExport(f"the zip holds a link in place of a file: {whole[:80]!r}")
    return PurePosixPath(whole).name


def _check_contents(info: zipfile.ZipInfo, name: str) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise BadExport("the zip is locked with a password")
    if info.compress_type not in _METHODS:
        raise BadExport(f"{name!r} is packed in a way no telephone uses")
    if info.file_size > LARGEST_ENTRY:
        raise BadExport(f"{name!r} would unpack to more than {LARGEST_ENTRY >> 30} GiB")
    if info.file_size > RATIO_FROM and info.file_size > MOST_RATIO * info.compress_size:
        raise BadExport(f"{name!r} would unpack to more than {MOST_RATIO} times its size")


def _chat_among(entries: dict[str, zipfile.ZipInfo], zip_name: str) -> str:
    if _IPHONE in entries:
        return _IPHONE
    texts = [name for name in entries if name.lower().endswith(".txt")]
    own = f"{zip_name.rpartition('.')[0]}.txt"
    named = [name for name in texts if name == own or _TITLE.fullmatch(name)]
    for choice in (named, texts):
        if len(choice) == 1:
            return choice[0]
    if not texts:
        raise BadExport("the zip holds no chat: neither _chat.txt nor another .txt")
    raise BadExport(f"the zip holds {len(texts)} texts, and none is called as a chat is")


def _opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    def open_it() -> BinaryIO:
        try:
            return io.BufferedReader(_Honest(archive.open(entry), entry), _CHUNK)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise BadExport(f"the zip is damaged at {entry.filename!r}: {error}") from None

    return open_it


class _Honest(io.RawIOBase):
    """Bytes of a zip entry; what turns out not to be as claimed is a BadExport."""

    def __init__(self, stream: IO[bytes], entry: zipfile.ZipInfo) -> None:
        super().__init__()
        self.stream, self.name, self.size = stream, entry.filename, entry.file_size
        self.at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:  # noqa: ANN401 - a buffer has no common type
        more = self._honestly(lambda: self.stream.read(len(into)))
        into[: len(more)] = more
        self.at += len(more)
        if not more and self.at < self.size:
            raise BadExport(f"{self.name!r} is not what the zip says: it ends early")
        return len(more)

    def seek(self, to: int, whence: int = io.SEEK_SET, /) -> int:
        self.at = self._honestly(lambda: self.stream.seek(to, whence))
        return self.at

    def tell(self) -> int:
        return self.at

    def close(self) -> None:
        self.stream.close()
        super().close()

    def _honestly(self, act: Callable[[], Found]) -> Found:
        try:
            return act()
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise BadExport(f"{self.name!r} is not what the zip says: {error}") from None


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while more := stream.read(_CHUNK):
        digest.update(more)
    return digest.hexdigest()


def _title(name: str) -> str:
    found = _TITLE.fullmatch(name)
    return found[1] if found else ""

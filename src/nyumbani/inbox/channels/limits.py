"""What a platform takes at most: so many messages a second, files so large, of such types."""

from collections.abc import Mapping
from dataclasses import dataclass

from nyumbani.inbox.channels.events import Content

KB = 1024
MB = 1024 * KB


@dataclass(frozen=True, slots=True)
class Rate:
    """Messages a second through one account."""

    a_second: int
    shared: int = 0  # while the number is used on our own phone, too; 0: the same

    def when(self, *, is_shared: bool) -> int:
        """How many a second it is now."""
        return self.shared if is_shared and self.shared else self.a_second


@dataclass(frozen=True, slots=True)
class FileLimit:
    """Which files of one kind may be sent, and how large."""

    largest: int  # bytes
    types: frozenset[str] = frozenset()  # none: any


Files = Mapping[Content, FileLimit]


def file_refusal(files: Files, content: Content, mime_type: str, size: int) -> str:
    """Why a file could not be sent: not_taken, wrong_type, too_large; empty if it could."""
    limit = files.get(content)
    if limit is None:
        return "not_taken"
    plain = mime_type.partition(";")[0].strip().lower()
    if limit.types and plain not in limit.types:
        return "wrong_type"
    return "too_large" if size > limit.largest else ""

"""What a file from a stranger is, by its bytes, and why it is not shown.

Only plain pictures and the pages of PDF are drawn for looking at. Whatever could run something, or
is two kinds of file at once, is refused before anything opens it. The original is never changed.
"""

import re
from enum import StrEnum

_PICTURES = {
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
}
_ANNOUNCED = {"image/jpeg", "image/jpg", "image/png", "image/gif", "image/webp"}
_PAPERS = {"application/pdf", "application/x-pdf"}
# What runs something when a browser or a desk opens it.
_ACTIVE = re.compile(
    rb"<\s*(?:!doctype\s+html|html|script|svg|iframe|body|\?php|%)|javascript:", re.IGNORECASE
)
# The same where it stands among packed bytes, which are as good as chance: "<%" alone stands in
# each 64 KB of any photograph, so what is looked for there is longer.
_MARKUP = re.compile(
    rb"<\s*(?:!doctype\s+html|html|script|svg|iframe|body)[\s>/]|<\?php\s", re.IGNORECASE
)
_PAPER = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,8}%PDF-")
_RUNS = re.compile(rb"MZ|\x7fELF|#!|\xca\xfe\xba\xbe|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|PK\x03\x04")
_PDF = b"%PDF-"
_PDF_BEGINS = 1024  # a reader of PDF looks so far for its beginning
_ZIP_ENDS = b"PK\x05\x06"
_ZIP_TAIL = 66_000  # the end of a zip and its longest remark
_RAR = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")


class NotShown(StrEnum):
    """Why there is no picture of a file to look at."""

    ACTIVE = "active"  # it could run something
    TWO_KINDS = "two_kinds"  # what it is and something else at once
    NOT_AS_SAID = "not_as_said"  # its bytes are not what it was announced as
    OTHER_KIND = "other_kind"  # a kind we do not draw
    TOO_LARGE = "too_large"  # it would unfold into more than is opened
    LOCKED = "locked"  # it opens with a password alone
    BROKEN = "broken"
    STOPPED = "stopped"  # drawing it took too long or too much


def refusal(content: bytes, announced: str) -> NotShown | None:
    """Why a file is not even tried; None for a picture or PDF that was announced as one."""
    kind = announced.partition(";")[0].strip().lower()
    if is_paper(content):
        return _refused_paper(content, kind)
    is_picture = any(begins.match(content) for begins in _PICTURES.values())
    if not is_picture:
        if _RUNS.match(content) or _ACTIVE.search(content):
            return NotShown.ACTIVE
        known = kind in _ANNOUNCED or kind in _PAPERS
        return NotShown.NOT_AS_SAID if known else NotShown.OTHER_KIND
    if _PDF in content[:_PDF_BEGINS] or _holds_more(content):
        return NotShown.TWO_KINDS
    return None if kind in _ANNOUNCED else NotShown.NOT_AS_SAID


def is_paper(content: bytes) -> bool:
    """Whether it begins as a PDF does."""
    return _PAPER.match(content) is not None


def is_active(content: bytes) -> bool:
    """Whether these bytes hold what runs when a browser or a desk opens them."""
    return _ACTIVE.search(content) is not None


def holds_archive(content: bytes) -> bool:
    """Whether an archive hangs on a file of another kind."""
    return _ZIP_ENDS in content[-_ZIP_TAIL:] or any(mark in content for mark in _RAR)


def _holds_more(content: bytes) -> bool:
    return _MARKUP.search(content) is not None or holds_archive(content)


def _refused_paper(content: bytes, kind: str) -> NotShown | None:
    if _holds_more(content):
        return NotShown.TWO_KINDS
    return None if kind in _PAPERS else NotShown.NOT_AS_SAID

"""One letter, or one part of it, as the standard library takes it apart, and its bytes unpacked.

Unpacking is done here: the library's own looks at the alphabet a part claims while it does so, and
stumbles over claims that are not well formed.
"""

import binascii
import quopri
import re
from email.feedparser import FeedParser
from email.message import Message
from email.policy import compat32
from typing import Any, cast

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
DEEPEST = 30
"""Parts inside parts; every line of a letter is held against the edges of all it stands in."""
LONGEST = 3_000
"""Characters of a header by which the library takes a letter apart: it is slow over long ones."""
_UUENCODED = frozenset({"x-uuencode", "uuencode", "uue", "x-uue"})


class Letter(Message):
    """A letter or a part; headers are strings as they came, see `headers`."""

    def get(self, name: str, failobj: Any = None) -> Any:  # noqa: ANN401 - as the library has it
        """A header as the library asks for it, cut where no honest one is as long."""
        found = super().get(name, failobj)
        return found[:LONGEST] if isinstance(found, str) else found

    @property
    def inner(self) -> "list[Letter]":
        """The parts it holds."""
        found = self.get_payload() if self.is_multipart() else []
        return [one for one in found if isinstance(one, Letter)]

    @property
    def kind(self) -> str:
        """Its type, such as "text/plain"; what cannot be read is plain text, as the rules say."""
        try:
            return self.get_content_type()
        except (ValueError, TypeError, LookupError):
            return "text/plain"

    @property
    def filename(self) -> str:
        """The name somebody gave it, or nothing."""
        try:
            return str(self.get_filename() or "")
        except (ValueError, TypeError, LookupError):
            return ""

    @property
    def is_attached(self) -> bool:
        """Whether it is meant as a file beside the words."""
        try:
            return self.get_content_disposition() == "attachment"
        except (ValueError, TypeError, LookupError):
            return False

    @property
    def charset(self) -> str:
        """The alphabet it claims to be written in, or nothing."""
        try:
            found = self.get_param("charset", "")
        except (ValueError, TypeError, LookupError):
            return ""
        return str(found[-1] if isinstance(found, tuple) else found or "")

    def content(self) -> bytes:
        """Its bytes, unpacked as far as they can be; empty if it holds other parts."""
        kept: object = vars(self)["_payload"]  # as it came: get_payload() would decode it
        if not isinstance(kept, str):
            return b""
        raw = kept.encode("utf-8", "surrogateescape")
        way = str(self.get("Content-Transfer-Encoding", "")).strip().lower()
        if way == "base64":
            return _from_base64(raw)
        if way == "quoted-printable":
            return quopri.decodestring(raw)
        return _from_uuencode(raw) if way in _UUENCODED else raw


class _Parser(FeedParser):
    """The library's, which goes no deeper than an honest letter."""

    _msgstack: list[Letter]

    def _new_message(self) -> None:
        if len(self._msgstack) >= DEEPEST:
            raise RecursionError("parts inside parts without end")
        super()._new_message()  # type: ignore[misc]


def opened(raw: bytes) -> Letter:
    """A letter's parts; raises RecursionError for what is nested without end."""
    parser = _Parser(Letter, policy=compat32)
    parser.feed(raw.decode("ascii", "surrogateescape"))
    return cast("Letter", parser.close())


def _from_base64(raw: bytes) -> bytes:
    # "=" ends it; what a mailing list wrote below is no part of it.
    signs = _NOT_BASE64.sub(b"", raw.partition(b"=")[0])
    signs = signs[: len(signs) - (len(signs) % 4 == 1)]
    return binascii.a2b_base64(signs + b"=" * (-len(signs) % 4))


def _from_uuencode(raw: bytes) -> bytes:
    found = []
    for line in raw.partition(b"begin ")[2].splitlines()[1:]:
        if line.strip() == b"end":
            break
        try:
            found.append(binascii.a2b_uu(line))
        except binascii.Error:
            return raw
    return b"".join(found) or raw

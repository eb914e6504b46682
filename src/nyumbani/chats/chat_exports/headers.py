"""How a line begins that opens a message: its form is found once and then searched for as bytes.

Forms differ by phone, language and version. All of `[13.03.24, 21:15:07] A: b` (iOS) and
`13/03/2024, 9:15 pm - A: b` (Android) can change: brackets, digits, separators, what stands between
date and time, seconds, the words for before and after noon and where they stand.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from nyumbani.chats.chat_exports import words
from nyumbani.chats.chat_exports.blocks import LF
from nyumbani.chats.chat_exports.marks import (
    DIRECTION,
    GAP_BYTES,
    MARKS_BYTES,
    SPACE_BYTES,
    SPACES,
    bare,
)

# Marks are taken once and not given back: what follows is no mark, and a file may be all marks.
_M, _S = f"[{DIRECTION}]*+", f"[{SPACES}]"
_NOON = sorted({*words.BEFORE_NOON, *words.AFTER_NOON}, key=len, reverse=True)
_NOON = [shape for one in _NOON for shape in dict.fromkeys((one, one.upper(), one.capitalize()))]
_NOON_TEXT = "|".join(re.escape(one).replace(r"\ ", _S) for one in _NOON)
_JOIN = "|".join(re.escape(one) for one in sorted(words.JOINERS, key=len, reverse=True))

# Any header in any form, at the start of a line of text.
ANY = re.compile(
    rf"^{_M}(?P<open>\[?){_M}"
    rf"(?P<date>(?P<a>\d{{1,4}}){_M}(?P<one>[/.\-年]{_S}?){_M}(?P<b>\d{{1,2}}){_M}"
    rf"(?P<two>[/.\-月]{_S}?){_M}(?P<c>\d{{1,4}})(?P<tail>[日.]?))"
    rf"(?P<join>{_M}[,،]?{_M}{_S}*(?:(?:{_JOIN}){_S}+)?){_M}"
    rf"(?P<time>(?P<before>(?:(?:{_NOON_TEXT}){_S}?)?)(?P<h>\d{{1,2}})(?P<colon>[:.h٫]){_M}"
    rf"(?P<m>\d{{2}})(?P<seconds>(?:[:.٫]{_M}\d{{2}})?)(?P<after>(?:{_S}?{_M}(?:{_NOON_TEXT}))?))"
    rf"{_M}(?P<close>\]|{_S}{_M}[-–—](?=[{SPACES}{DIRECTION}]))",
    re.MULTILINE,
)

_SCRIPTS = {"ascii": (0x30, rb"[0-9]"), "arabic": (0x660, b"(?:\xd9[\xa0-\xa9])"),
            "persian": (0x6F0, b"(?:\xdb[\xb0-\xb9])")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """What the headers of one export look like."""

    is_bracketed: bool  # iOS
    script: str  # of the digits
    separators: tuple[str, str, str]  # after the first and second number, after the date
    joiner: str  # between date and time
    colon: str
    has_seconds: bool
    noon: str  # where the words for before and after noon stand: "", "before", "after"
    has_long_year: bool

    def pattern(self, line_break: bytes = LF, *, mark: bytes = b"") -> re.Pattern[bytes]:
        """Bytes of one header in this form, from the line break before it.

        Groups: all of it, date, time, sender (None on a line without one). It begins with plain
        bytes, which lets the search run at the speed of memory. A `mark` is looked for after the
        sender and is a fifth group.
        """
        one, two, tail = (_literal(part) for part in self.separators)
        number, gap = _SCRIPTS[self.script][1], GAP_BYTES
        date = b"".join((
            number, b"{1,4}", gap, one, gap, number, b"{1,2}", gap, two, gap,
            number, b"{1,4}", tail,
        ))  # fmt: skip
        noon = b"(?:" + b"|".join(_literal(word) for word in _NOON) + b")"
        time = b"".join((
            noon + gap if self.noon == "before" else b"", number, b"{1,2}", _literal(self.colon),
            gap, number, b"{2}", b"[:.]" + gap + number + b"{2}" if self.has_seconds else b"",
            gap + noon if self.noon == "after" else b"",
        ))  # fmt: skip
        start, close = (rb"\[" + gap, rb"\]") if self.is_bracketed else (b"", _DASH)
        # One gap at a joint: of two side by side a hostile line tries every way to share it out.
        signs = [_literal(sign) for sign in bare(self.joiner) if sign not in SPACES]
        joiner = gap.join([b"", *signs, b""]) if signs else gap
        return re.compile(b"".join((
            b"(", line_break, MARKS_BYTES, start, b"(", date, b")",
            joiner, b"(", time, b")", gap, close, SPACE_BYTES, _SENDER, b")",
            b"(" + mark + b")?" if mark else b"",
        )))  # fmt: skip


_DASH = b"(?:-|\xe2\x80\x93|\xe2\x80\x94)(?=[ \xc2\xe2])"
# Up to the first ": "; a colon inside a name ("A:b") is part of it.
_SENDER = rb"(?:([^\n:\r]{1,255}+(?::(?![ \r\n])[^\n:\r]{0,255}+){0,8}+):(?: |(?=\r?\n)))?"


def form_of(lines: Iterable[str]) -> Form | None:
    """The form most of these lines have that look like headers; None where none does."""
    seen = Counter(form for form in map(_form, lines) if form is not None)
    return seen.most_common(1)[0][0] if seen else None


def _form(line: str) -> Form | None:
    found = ANY.match(line)
    if found is None or (found["open"] == "[") != (found["close"] == "]"):
        return None
    script = next(
        (name for name, (zero, _) in _SCRIPTS.items() if 0 <= ord(found["a"][0]) - zero <= 9), None
    )
    if script is None:
        return None
    noon = "before" if found["before"] else "after" if found["after"] else ""
    return Form(
        is_bracketed=bool(found["open"]), script=script,
        separators=(found["one"], found["two"], found["tail"]), joiner=found["join"],
        colon=found["colon"], has_seconds=bool(found["seconds"]), noon=noon,
        has_long_year=len(found["a"]) == 4 or len(found["c"]) == 4,
    )  # fmt: skip


def _literal(text: str) -> bytes:
    """These very characters; any of the spaces where one stands."""
    return b"".join(
        GAP_BYTES if sign in SPACES else re.escape(sign.encode()) for sign in bare(text)
    )

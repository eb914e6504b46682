"""The second pass through an export: every message with its bytes, its moment and its flags.

Millions of lines are alike, so each step takes a whole block in one go, and only where something in
it is odd looks at every line.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from operator import add
from typing import BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

from nyumbani.chats.chat_exports.blocks import USUAL, Block, Sizes, blocks
from nyumbani.chats.chat_exports.calendar import Calendar, NoMoment
from nyumbani.chats.chat_exports.kinds import Kind, is_plain
from nyumbani.chats.chat_exports.looking import Looker, is_about_a_name
from nyumbani.chats.chat_exports.marks import bare
from nyumbani.chats.chat_exports.remembered import Remembered
from nyumbani.chats.chat_exports.said import AMBIGUOUS_DATE, NO_HEADER, NOT_UTF8, ONCE, Said
from nyumbani.chats.chat_exports.survey import Survey, name_of

Flags = tuple[str, ...]
_new = tuple.__new__  # half the price of Said(...)


def messages(
    stream: BinaryIO, found: Survey, *, zone: ZoneInfo | None = None, sizes: Sizes = USUAL
) -> Iterator[Said]:
    """Every message in the order of the file; their bytes tile it without gap or overlap."""
    stream.seek(0)
    return _Reader(found, zone, sizes.longest).read(
        blocks(stream, found.pattern, sizes, found.line_break)
    )


class _Rows(NamedTuple):
    """Messages as columns of bytes."""

    lengths: list[int]  # with the line break at the end
    headers: list[bytes]  # from the line break before
    days: list[bytes]  # empty where no header stands
    times: list[bytes]
    senders: list[bytes | None]
    bodies: list[bytes]

    def take_last(self) -> "_Rows":
        """Take the last row away: the next header may mean no moment and belong to it."""
        return _Rows(*([column.pop()] for column in self))  # type: ignore[arg-type]


class _Reader:
    def __init__(self, found: Survey, zone: ZoneInfo | None, longest: int) -> None:
        self.split = found.pattern.split
        self.longest, self.line_break = longest, found.line_break
        has_seconds = found.form is not None and found.form.has_seconds
        self.calendar = Calendar(found.order, zone, has_seconds=has_seconds)
        self.look = Looker(found).look
        self.lines_of = found.writers
        self.writers = Remembered(self._writer)
        self.always: Flags = () if found.is_sure else (AMBIGUOUS_DATE,)

    def read(self, cut: Iterable[Block]) -> Iterator[Said]:
        """Turn blocks into messages."""
        start = 0
        kept: _Rows | None = None
        last: dt.datetime | None = None
        for block in cut:
            rows = self._rows(block)
            if kept is not None:
                rows = _Rows(*map(add, kept, rows))
            try:
                moments = self.calendar.moments(rows.days, rows.times)
            except NoMoment:
                rows, moments = self._mended(rows)
            kept, last = rows.take_last(), moments.pop()
            yield from self._said(rows, moments, start)
            start += sum(rows.lengths)
        if kept is not None:
            yield from self._said(kept, [last], start)

    def _rows(self, block: Block) -> _Rows:
        # Text before the first header, then for each: header, date, time, sender, text.
        parts: list[bytes] = self.split(block.content)
        before = len(self.line_break)
        stray = parts[0][before:]
        parts[:1] = [block.content[:before], b"", b"", None, stray] if parts[0] else []  # type: ignore[list-item]
        headers, days, times, senders, bodies = (parts[place::5] for place in range(5))
        lengths = list(map(add, map(len, headers), map(len, bodies)))
        lengths[-1] += block.after - before
        return _Rows(lengths, headers, days, times, senders, bodies)  # type: ignore[arg-type]

    def _mended(self, rows: _Rows) -> tuple[_Rows, list[dt.datetime | None]]:
        """The same rows; what looks like a header and means no moment joins the text before it."""
        mended = _Rows([], [], [], [], [], [])
        moments: list[dt.datetime | None] = []
        texts: list[list[bytes]] = []
        before = len(self.line_break)
        for length, header, day, time, sender, body in zip(*rows, strict=True):
            at = self.calendar.moment(day, time)
            if at is None and day and moments and mended.lengths[-1] < self.longest:
                mended.lengths[-1] += length
                texts[-1] += header, body
                continue
            has_header = at is not None
            moments.append(at)
            mended.lengths.append(length)
            mended.headers.append(header if has_header else header[:before])
            mended.days.append(day if has_header else b"")
            mended.times.append(time)
            mended.senders.append(sender if has_header else None)
            texts.append([body] if has_header else [header[before:], body])
        mended.bodies.extend(map(b"".join, texts))
        return mended, moments

    def _said(self, rows: _Rows, moments: list[dt.datetime | None], start: int) -> Iterator[Said]:
        ends = list(accumulate(rows.lengths, initial=start))
        texts, broken = _texts(rows.bodies)
        settled, doubts = self.calendar.settled(moments)
        flags = self._flags(doubts, broken)
        for at, sender, text, begins, end, known in zip(
            settled, rows.senders, texts, ends, ends[1:], flags, strict=False
        ):
            if at is None:
                yield Said(None, None, text, Kind.UNPARSED, begins, end, (*known, NO_HEADER))
            elif sender is None:
                yield Said(at, None, bare(text).strip(), Kind.SYSTEM, begins, end, known)
            else:
                name, once, is_odd = self.writers[sender]
                if is_odd or not is_plain(text):
                    said = Said(at, name, text, Kind.MESSAGE, begins, end, known + once)
                    yield self.look(said)
                else:
                    yield _new(Said, (at, name, text, Kind.MESSAGE, begins, end, known, ()))

    def _flags(
        self, doubts: Sequence[Flags] | None, broken: Sequence[Flags] | None
    ) -> Iterable[Flags]:
        if doubts is None and broken is None:
            return repeat(self.always)
        each = zip(doubts or repeat(()), broken or repeat(()), strict=False)
        return [self.always + one + two for one, two in each]

    def _writer(self, sender: bytes) -> tuple[str, Flags, bool]:
        """Name, flags, and whether every line of hers is to be looked at."""
        name = name_of(sender)
        once = (ONCE,) if self.lines_of[name] <= 1 else ()
        return name, once, bool(once) or is_about_a_name(name, is_once=False)


def _texts(bodies: list[bytes]) -> tuple[list[str], list[Flags] | None]:
    """The bodies as text, and for each whether it was; None: all were."""
    broken: list[Flags] | None = None
    try:
        texts = list(map(bytes.decode, bodies))
    except UnicodeDecodeError:
        texts = [body.decode("utf-8", "replace") for body in bodies]
        broken = [() if _is_utf8(body) else (NOT_UTF8,) for body in bodies]
    return [
        text.removesuffix("\r").replace("\r\n", "\n") if "\r" in text else text for text in texts
    ], broken


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True

"""The first pass through an export: what its headers look like, what its dates mean, who wrote.

Only then can the second pass say of a message that its writer appears nowhere else.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

from nyumbani.chats.chat_exports import headers, moments
from nyumbani.chats.chat_exports.blocks import CRLF, LF, USUAL, Block, Sizes, blocks
from nyumbani.chats.chat_exports.headers import Form
from nyumbani.chats.chat_exports.kinds import MARK
from nyumbani.chats.chat_exports.marks import bare
from nyumbani.chats.chat_exports.moments import Order, Reading, date_of

HEAD = 256 << 10  # bytes in which the form is looked for
MOST_DAYS = 100_000  # that decide in which order day and month stand
MOST_WRITERS = 20_000  # of whom it is remembered how often they wrote
_LINE = re.compile(r"\r?\n")
_MARK = MARK.encode()
# How a message of an iPhone begins after another one.
_IPHONE_BREAKS = tuple(b"\r\n" + mark.encode() + b"[" for mark in ("", "\u200e", "\u200f"))
_TITLE = re.compile(rb"[^\n\r]{0,60}\] ([^\n\r]{1,255}?): " + _MARK)


_DAY, _SENDER = itemgetter(1), itemgetter(3)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the first pass found."""

    form: Form | None  # None: no line looks like a header
    order: Order
    why: str
    is_sure: bool = True  # False: somebody must say in which order day and month stand
    others: tuple[Order, ...] = ()
    writers: Counter[str] = field(default_factory=Counter)  # lines by name
    headers: int = 0
    has_crlf: bool = False  # between messages: what looks like a header after LF alone is none
    unspoken: frozenset[str] = frozenset()  # names that only WhatsApp's own words stand under
    title: str = ""  # the name before WhatsApp's own words in the first line (iOS)
    example: str = ""  # a date that means another day in another order

    @property
    def pattern(self) -> re.Pattern[bytes]:
        """What begins a message in this very file."""
        return self.form.pattern(self.line_break) if self.form else _NOTHING

    @property
    def line_break(self) -> bytes:
        """What a message ends with."""
        return CRLF if self.has_crlf else LF


_NOTHING = re.compile(rb"((((?!))))")


def survey(stream: BinaryIO, *, order: Order | None = None, sizes: Sizes = USUAL) -> Survey:
    """Read a seekable stream through once. `order` is what somebody answered when asked."""
    stream.seek(0)
    head = stream.read(HEAD)
    form = headers.form_of(_LINE.split(head.decode("utf-8", "replace")))
    if form is None:
        return Survey(None, order or Order.DMY, "no line looks like a header")
    stream.seek(0)
    tally = _Tally(form)
    for block in blocks(stream, tally.pattern, sizes):
        tally.add(block)
    dates = [day.decode("utf-8", "replace") for day in tally.days]
    read = moments.reading_of(dates, is_twelve_hours=bool(form.noon))
    if order is not None:
        read = Reading(order, "as was said", is_sure=True)
    writers, spoken = tally.by_name()
    return Survey(
        form, read.order, read.why, read.is_sure, read.others, writers, tally.headers,
        has_crlf=tally.has_crlf, unspoken=frozenset(writers.keys() - spoken),
        title=_title(head) if form.is_bracketed else "", example=_open_date(dates, read),
    )  # fmt: skip


def name_of(sender: bytes) -> str:
    """The name as a person would write it: marks of direction come and go between lines."""
    return bare(sender.decode("utf-8", "replace")).strip()


class _Tally:
    def __init__(self, form: Form) -> None:
        self.pattern = form.pattern(mark=_MARK if form.is_bracketed else b"")
        self.is_bracketed = form.is_bracketed
        self.days: list[bytes] = []
        self.writers: Counter[bytes] = Counter()
        self.marked: Counter[bytes] = Counter()  # lines that begin with WhatsApp's mark
        self.headers = self.ended = 0

    def add(self, block: Block) -> None:
        found = self.pattern.findall(block.content)
        self.headers += len(found)
        self.writers.update(map(_SENDER, found))
        if len(self.days) < MOST_DAYS:
            self.days += [day for day, _ in groupby(map(_DAY, found))]
            del self.days[MOST_DAYS:]
        if self.is_bracketed:
            self.marked.update([row[3] for row in found if row[4]])
            self.ended += sum(map(block.content.count, _IPHONE_BREAKS))
            self.ended += bool(block.after) and block.content.endswith(b"\r")
        if len(self.writers) > MOST_WRITERS:
            # A hostile file: who was seen least is forgotten, and so passes for a one-off.
            self.writers = Counter(dict(self.writers.most_common(MOST_WRITERS // 2)))
            self.marked = Counter({sender: self.marked[sender] for sender in self.writers})

    @property
    def has_crlf(self) -> bool:
        """Whether nearly every message ends with CRLF."""
        return self.ended > 0 and self.ended * 10 >= self.headers * 8

    def by_name(self) -> tuple[Counter[str], set[str]]:
        """How many lines each wrote, and who wrote any without a mark."""
        total: Counter[str] = Counter()
        spoken = set()
        for sender, lines in self.writers.items():
            if sender:
                name = name_of(sender)
                total[name] += lines
                if lines > self.marked[sender]:
                    spoken.add(name)
        return total, spoken


def _title(head: bytes) -> str:
    found = _TITLE.match(head)
    return name_of(found[1]) if found else ""


def _open_date(dates: list[str], read: Reading) -> str:
    orders = (read.order, *read.others)
    for text in dates if read.others else ():
        day = bare(text)
        if len({date_of(day, order) for order in orders} - {None}) == len(orders):
            return day
    return ""

"""What the tests of exports share: reading bytes whole, and chats to write down."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

from nyumbani.chats.chat_exports.blocks import USUAL, Sizes
from nyumbani.chats.chat_exports.moments import Order
from nyumbani.chats.chat_exports.reading import messages
from nyumbani.chats.chat_exports.said import Said
from nyumbani.chats.chat_exports.survey import survey
from nyumbani.drill.exports.telephone import Event, Written

BEGAN = dt.datetime(2014, 7, 20, 6, 15, 7)  # noqa: DTZ001 - a telephone's clock
TRIPOLI = ZoneInfo("Africa/Tripoli")


def read(
    content: bytes | str, *, zone: ZoneInfo | None = None, order: Order | None = None,
    sizes: Sizes = USUAL,
) -> list[Said]:  # fmt: skip
    """Both passes, and what comes out tiles what went in."""
    content = content.encode() if isinstance(content, str) else content
    stream = io.BytesIO(content)
    said = list(messages(stream, survey(stream, order=order, sizes=sizes), zone=zone, sizes=sizes))
    assert tiles(said, len(content))
    return said


def tiles(said: list[Said], size: int) -> bool:
    """Whether every byte belongs to one message and none to two."""
    ends = [0, *(one.byte_end for one in said)]
    starts = [*(one.byte_start for one in said), size]
    return ends == starts and all(one.byte_start < one.byte_end for one in said)


def as_written(said: Said) -> Written:
    """What was read, in the shape of what was written."""
    assert said.sent_at is not None
    return Written(said.sent_at, said.sender, said.kind, said.text, said.byte_start, said.byte_end)


def told(*lines: tuple[str, str], minutes: int = 7) -> list[Event]:
    """Somebody said something, one after the other."""
    return [
        Event(BEGAN + dt.timedelta(minutes=minutes * number), sender, text=text)
        for number, (sender, text) in enumerate(lines)
    ]

"""A stream in blocks that end where a message ends: flat memory, one search for many messages."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

LF, CRLF = b"\n", b"\r\n"


class Sizes(NamedTuple):
    """How much is in memory at once, in bytes."""

    chunk: int = 64 << 10  # read at once: what a processor keeps near
    longest: int = 4 << 20  # without a header, kept waiting for one


USUAL = Sizes()


class Block(NamedTuple):
    """Some whole messages.

    `content` begins with the line break before its first message (an invisible one at the start of
    the stream), for the pattern to find; it lacks the line break after its last.
    """

    start: int  # in the stream, of the byte after that first line break
    content: bytes
    after: int  # bytes of the line break that follows the last message and belongs to it


def blocks(
    stream: BinaryIO, pattern: re.Pattern[bytes], sizes: Sizes = USUAL, line_break: bytes = LF
) -> Iterator[Block]:
    """Cut a stream, from its present position, before headers that `pattern` finds.

    The last header found is always kept back: it may have been read only in part.
    """
    buffer, start, seen = line_break, 0, 0
    while more := stream.read(sizes.chunk):
        buffer += more
        at = _last_header(buffer, pattern, line_break, seen)
        if at <= 0:
            # What holds no header up to its last line break need not be searched again.
            seen = max(buffer.rfind(line_break), 0)
            if len(buffer) - len(line_break) <= sizes.longest:
                continue
            at = seen
        if at <= 0:
            yield Block(start, buffer, after=0)
            # No line begins after it, so what stands before the next is not a line break.
            start, buffer = start + len(buffer) - len(line_break), bytes(len(line_break))
        else:
            yield Block(start, buffer[:at], after=len(line_break))
            start, buffer = start + at, buffer[at:]
        seen = 0
    if len(buffer) > len(line_break):
        ending = next((one for one in (line_break, LF) if buffer.endswith(one)), b"")
        yield Block(start, buffer[: len(buffer) - len(ending)], after=len(ending))


def _last_header(buffer: bytes, pattern: re.Pattern[bytes], line_break: bytes, seen: int) -> int:
    at = len(buffer)
    while (at := buffer.rfind(line_break, seen, at)) > 0:
        if pattern.match(buffer, at):
            return at
    return -1

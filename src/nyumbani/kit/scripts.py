"""Whether a PDF could run something where it is opened: scripts, programs, films.

Names may be written with signs in hexadecimal, and most files keep their objects in compressed
streams; both are looked through. This is a look, not a wall: the wall is that nothing here runs
them.
"""

import re
import zlib
from collections.abc import Iterator

MOST = 64 * 1024 * 1024
"""Bytes of compressed objects that are looked through; a file with more of them is a bomb."""

_NAMES = re.compile(rb"/(?:JavaScript|Launch|RichMedia)(?![A-Za-z0-9])|(?i:javascript:)")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OBJECTS = re.compile(rb"\s*\d+\s+\d+")  # how a stream of objects begins: number, place
_PEEK = 64


class Bomb(ValueError):
    """A file whose objects unfold into more than is looked through."""


def runs_something(content: bytes) -> bool:
    """Whether it holds an action that would run something. Raises Bomb."""
    return _names_one(content) or any(_names_one(part) for part in _unfolded(content))


def _names_one(part: bytes) -> bool:
    plain = _HEX.sub(lambda found: bytes([int(found[1], 16)]), part) if b"#" in part else part
    return _NAMES.search(plain) is not None


def _unfolded(content: bytes) -> Iterator[bytes]:
    """The streams of objects, unfolded; pictures and typefaces are left folded."""
    left = MOST
    for begins in _STREAM.finditer(content):
        unfolding = zlib.decompressobj()
        try:
            part = unfolding.decompress(content[begins.end() : begins.end() + 256], _PEEK)
            if not _OBJECTS.match(part):
                continue
            unfolding = zlib.decompressobj()
            part = unfolding.decompress(memoryview(content)[begins.end() :], left + 1)
        except zlib.error:
            continue
        left -= len(part)
        if left < 0:
            raise Bomb("its objects unfold into more than is looked through")
        yield part

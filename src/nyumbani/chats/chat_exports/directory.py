"""How large a zip says its list of files is, before anybody reads that list into memory."""

import re
import struct
from typing import BinaryIO

_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_ENDS = re.compile(re.escape(_END))
_TAIL = 22 + 0xFFFF + 20  # the end record, its longest comment, and the locator before it
_SEE_64 = 0xFFFFFFFF


def directory_size(stream: BinaryIO) -> int:
    """Bytes of the central directory as claimed; 0 where no end record is found.

    Leaves the stream somewhere. The standard library reads this many bytes, no more. Where several
    end records could be meant, such as one that holds the mark of another, the largest counts.
    """
    size = stream.seek(0, 2)
    stream.seek(max(size - _TAIL, 0))
    tail = stream.read(_TAIL)
    places = (found.start() for found in _ENDS.finditer(tail) if len(tail) >= found.start() + 22)
    return max((_claimed(stream, size, tail, at) for at in places), default=0)


def _claimed(stream: BinaryIO, size: int, tail: bytes, at: int) -> int:
    (claimed,) = struct.unpack_from("<L", tail, at + 12)
    is_64 = at >= 20 and tail[at - 20 : at - 16] == _LOCATOR_64
    if not is_64:
        return int(claimed)
    (where,) = struct.unpack_from("<Q", tail, at - 12)
    stream.seek(min(where, size))
    record = stream.read(56)
    if len(record) < 56 or record[:4] != _END_64:
        return int(claimed)
    return max(int(struct.unpack_from("<Q", record, 40)[0]), claimed if claimed != _SEE_64 else 0)

"""Sound without its margins: no title, no place, no device, no second file behind the last note.

The frames stay as they are, bit by bit; what stands around them is left out or made empty. Known
are voice notes (Opus in Ogg), MP3 and MPEG-4 sound. Sources: RFC 3533 and 7845, the headers of
MPEG-1/2 layer III, ISO/IEC 14496-12.
"""

import struct
from collections.abc import Iterator

_PAGE = struct.Struct("<4sBBqIIIB")  # OggS, version, flags, position, serial, number, checksum, n
_EMPTY_TAGS = b"OpusTags" + struct.pack("<II", 0, 0)
_ENDS_OPEN = 255  # a packet whose last piece is this long goes on

_BITRATES = {
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),  # MPEG-1
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # MPEG-2 and 2.5
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}

_HOLDS_BOXES = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"}
_SOUND_BOXES = {
    b"ftyp", b"free", b"skip", b"wide", b"mdat", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"smhd",
    b"dref", b"elst", b"stsd", b"stts", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"ctts",
    b"stss", b"sgpd", b"sbgp", b"iods",
}  # fmt: skip
_DATED = {b"mvhd", b"tkhd", b"mdhd"}
_NAMED = b"hdlr"


class NotSound(ValueError):
    """These bytes are no sound of a kind we know, or hold something else besides."""


def clean_ogg(content: bytes) -> bytes:
    """A voice note with empty remarks; raises NotSound."""
    pages = list(_pages(content))
    if len(pages) < 2 or not _body(pages[0]).startswith(b"OpusHead"):
        raise NotSound("no voice note")
    if len({page[14:18] for page in pages}) != 1:
        raise NotSound("more than one sound in one file")
    last = _last_of_tags(pages)
    head = _PAGE.unpack_from(pages[1])
    tags = _PAGE.pack(*head[:5], 1, 0, 1) + bytes([len(_EMPTY_TAGS)]) + _EMPTY_TAGS
    moved = last - 1  # pages that the remarks filled beyond one
    rest = pages[last + 1 :] if not moved else [_renumbered(p, moved) for p in pages[last + 1 :]]
    return b"".join([pages[0], _summed(tags), *rest])


def clean_mp3(content: bytes) -> bytes:
    """The frames alone, from the first to the last; raises NotSound."""
    start, end = _after_id3(content), len(content)
    if content[-128:-125] == b"TAG":
        end -= 128
    frames, at = [], start
    while at + 4 <= end:
        size = _frame_size(content[at : at + 4])
        if size is None or at + size > end:
            break
        frames.append(content[at : at + size])
        at += size
    # The tail may hold remarks of another kind; more than that is something else.
    if len(frames) < 3 or end - at > max(end - start, 1) // 4:
        raise NotSound("no MP3")
    return b"".join(frames)


def clean_m4a(content: bytes) -> bytes:
    """MPEG-4 sound whose other boxes are empty; raises NotSound where there are moving pictures."""
    if content[4:8] != b"ftyp":
        raise NotSound("no MPEG-4")
    cleaned = bytearray(content)
    seen: set[bytes] = set()
    _empty_boxes(cleaned, 0, len(cleaned), seen, depth=0)
    if not {b"moov", b"mdat", b"soun"} <= seen or b"vide" in seen:
        raise NotSound("no sound alone")
    return bytes(cleaned)


# ---- Ogg ----


def _pages(content: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        if content[at : at + 4] != b"OggS" or at + _PAGE.size > len(content):
            raise NotSound("something stands between its pages")
        pieces = content[at + 27 : at + 27 + content[at + 26]]
        end = at + 27 + len(pieces) + sum(pieces)
        if len(pieces) < content[at + 26] or end > len(content):
            raise NotSound("its last page is not whole")
        yield content[at:end]
        at = end


def _body(page: bytes) -> bytes:
    return page[27 + page[26] :]


def _last_of_tags(pages: list[bytes]) -> int:
    """The page on which the remarks end; they begin on the second, and sound on one of its own."""
    if not _body(pages[1]).startswith(b"OpusTags"):
        raise NotSound("no voice note")
    for number, page in enumerate(pages[1:], start=1):
        pieces = page[27 : 27 + page[26]]
        if any(piece < _ENDS_OPEN for piece in pieces):
            return number
    raise NotSound("its remarks do not end")


def _renumbered(page: bytes, by: int) -> bytes:
    number = struct.unpack_from("<I", page, 18)[0] - by
    return _summed(page[:18] + struct.pack("<I", number & 0xFFFFFFFF) + page[22:])


def _summed(page: bytes) -> bytes:
    bare = page[:22] + b"\0\0\0\0" + page[26:]
    total = 0
    for byte in bare:
        total = ((total << 8) & 0xFFFFFFFF) ^ _TABLE[(total >> 24) ^ byte]
    return bare[:22] + struct.pack("<I", total) + bare[26:]


def _table_entry(byte: int) -> int:
    value = byte << 24
    for _ in range(8):
        value = ((value << 1) ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value


_TABLE = [_table_entry(byte) for byte in range(256)]


# ---- MP3 ----


def _after_id3(content: bytes) -> int:
    at = 0
    while content[at : at + 3] == b"ID3" and at + 10 <= len(content):
        size = 0
        for byte in content[at + 6 : at + 10]:
            size = (size << 7) | (byte & 0x7F)
        at += 10 + size + (10 if content[at + 5] & 0x10 else 0)
    return at


def _frame_size(head: bytes) -> int | None:
    version, layer = (head[1] >> 3) & 3, (head[1] >> 1) & 3
    if head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or version == 1 or layer != 1:
        return None
    bitrate, rate = head[2] >> 4, (head[2] >> 2) & 3
    if bitrate in {0, 15} or rate == 3:
        return None
    is_first = version == 3
    bits = _BITRATES[is_first][bitrate - 1] * 1000
    return (144 if is_first else 72) * bits // _RATES[version][rate] + ((head[2] >> 1) & 1)


# ---- MPEG-4 ----


def _empty_boxes(content: bytearray, at: int, end: int, seen: set[bytes], *, depth: int) -> None:
    while at < end:
        start, stop, kind = _box(content, at, end)
        seen.add(kind)
        if kind in _HOLDS_BOXES and depth < 8:
            _empty_boxes(content, start, stop, seen, depth=depth + 1)
        elif kind not in _SOUND_BOXES or kind in {b"free", b"skip"}:
            # As long as before, so that the places of the sound's pieces stay true.
            content[at + 4 : at + 8] = b"free"
            content[start:stop] = bytes(stop - start)
        elif kind in _DATED:
            _forget_when(content, start)
        elif kind == _NAMED:
            seen.add(bytes(content[start + 8 : start + 12]))
            content[start + 24 : stop] = bytes(max(0, stop - start - 24))
        at = stop


def _box(content: bytearray, at: int, end: int) -> tuple[int, int, bytes]:
    """Where a box's contents begin and end, and its kind."""
    if at + 8 > end:
        raise NotSound("a box is not whole")
    size, kind = struct.unpack_from(">I4s", content, at)
    start = at + 8
    if size == 1 and at + 16 <= end:
        size, start = struct.unpack_from(">Q", content, at + 8)[0], at + 16
    stop = end if size == 0 else at + size
    if stop < start or stop > end:
        raise NotSound("a box is not whole")
    return start, stop, kind


def _forget_when(content: bytearray, start: int) -> None:
    """When it was recorded and changed: two moments of four or, in version 1, eight bytes."""
    length = 16 if content[start] == 1 else 8
    content[start + 4 : start + 4 + length] = bytes(length)

"""Small valid files an invented person sends: a voice note and a photo, made by code."""

import io
import struct

from PIL import Image, ImageDraw

_SERIAL = 2014  # of the one logical stream in the file
_RATE = 48_000  # Opus counts granules at 48 kHz whatever was recorded
_FRAME = 960  # samples in 20 ms
_SILENCE = b"\xf8\xff\xfe"  # one 20 ms frame of silence, mono
_PRE_SKIP = 312
_FRAMES_A_PAGE = 50


def voice_note(seconds: float, *, label: str = "") -> bytes:
    """An OGG/Opus voice note of silence that any browser plays; `label` stands in its title tag."""
    frames = max(1, round(seconds * 50))
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, _PRE_SKIP, 16_000, 0, 0)
    title = f"TITLE={label}".encode()
    vendor = b"nyumbani drill"
    tags = b"OpusTags" + struct.pack("<I", len(vendor)) + vendor
    tags += struct.pack("<II", 1, len(title)) + title
    pages = [_page(0, 0x02, 0, [head]), _page(1, 0, 0, [tags])]
    for start in range(0, frames, _FRAMES_A_PAGE):
        end = min(frames, start + _FRAMES_A_PAGE)
        flags = 0x04 if end == frames else 0
        granule = end * _FRAME + _PRE_SKIP
        pages.append(_page(len(pages), flags, granule, [_SILENCE] * (end - start)))
    return b"".join(pages)


def photo(*, label: str = "") -> bytes:
    """A JPEG of a closed door, 240 × 320; `label` stands in its comment."""
    picture = Image.new("RGB", (240, 320), "#c9b79c")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 40, 180, 300), fill="#6b4a2f", outline="#3d2a1a", width=4)
    draw.ellipse((158, 160, 170, 172), fill="#d8b24a")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70, comment=label.encode())
    return out.getvalue()


def _page(number: int, flags: int, granule: int, packets: list[bytes]) -> bytes:
    """One Ogg page (RFC 3533); every packet here is shorter than 255 bytes: one segment each."""
    header = b"OggS" + struct.pack("<BBQII", 0, flags, granule, _SERIAL, number)
    if any(len(packet) > 254 for packet in packets):
        raise ValueError("a label must be short enough for one segment")
    table = bytes([len(packets)]) + bytes(len(packet) for packet in packets)
    content = b"".join(packets)
    checksum = _crc(header + b"\0\0\0\0" + table + content)
    return header + struct.pack("<I", checksum) + table + content


def _crc_row(value: int) -> int:
    value <<= 24
    for _ in range(8):
        value = (value << 1) ^ 0x04C11DB7 if value & 0x80000000 else value << 1
    return value & 0xFFFFFFFF


_CRC = [_crc_row(value) for value in range(256)]


def _crc(content: bytes) -> int:
    """Ogg's own CRC-32: the usual polynomial, not reflected, without the final exclusive or."""
    crc = 0
    for byte in content:
        crc = ((crc << 8) & 0xFFFFFFFF) ^ _CRC[(crc >> 24) ^ byte]
    return crc

"""The files of the story are real files."""

import io
import struct

import pytest
from PIL import Image

from nyumbani.drill.wire import samples

pytestmark = pytest.mark.pure


def crc(content):
    """Ogg's checksum, bit by bit (RFC 3533, 6): another way than the table under test."""
    value = 0
    for byte in content:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
            value &= 0xFFFFFFFF
    return value


def pages(content):
    while content:
        magic, _, flags, granule, _, number, told, count = struct.unpack("<4sBBqIIIB", content[:27])
        size = 27 + count + sum(content[27 : 27 + count])
        page, content = content[:size], content[size:]
        assert magic == b"OggS"
        assert crc(page[:22] + b"\0\0\0\0" + page[26:]) == told
        yield flags, granule, number, page[27 + count :]


@pytest.mark.parametrize("seconds", [0.02, 1, 4.5])
def test_a_voice_note_is_as_long_as_it_says(seconds):
    found = list(pages(samples.voice_note(seconds)))
    flags = [flag for flag, *_ in found]
    assert (flags[0], flags[-1]) == (2, 4)
    assert [number for _, _, number, _ in found] == list(range(len(found)))
    skipped = struct.unpack("<H", found[0][3][10:12])[0]
    assert (found[-1][1] - skipped) / 48_000 == pytest.approx(seconds)


def test_a_voice_note_carries_its_label_and_a_long_one_is_refused():
    head, tags, *_ = pages(samples.voice_note(1, label="sauti"))
    assert head[3].startswith(b"OpusHead\x01\x01")
    assert tags[3].startswith(b"OpusTags")
    assert tags[3].endswith(b"TITLE=sauti")
    with pytest.raises(ValueError, match="short"):
        samples.voice_note(1, label="x" * 300)


def test_a_photo_opens_and_carries_its_label():
    with Image.open(io.BytesIO(samples.photo(label="mlango"))) as picture:
        picture.load()
        assert (picture.format, picture.size) == ("JPEG", (240, 320))
        assert picture.info["comment"] == b"mlango"

"""How long a voice note is: from its ends, and never a guess."""

import struct

import pytest

from nyumbani.domain.sound import seconds_of

pytestmark = pytest.mark.pure


def page(granule, content):
    return b"OggS\x00\x00" + struct.pack("<q", granule) + bytes(13) + content


def opus(seconds, skipped=312):
    head = b"OpusHead\x01\x01" + struct.pack("<H", skipped) + bytes(7)
    return page(0, head) + page(48_000 * seconds + skipped, b"sound" * 40)


def test_an_opus_note_of_65_seconds_says_so():
    assert seconds_of(opus(65), opus(65)) == 65


def test_vorbis_counts_in_its_own_rate():
    head = b"\x01vorbis" + bytes(4) + b"\x01" + struct.pack("<I", 44_100) + bytes(14)
    file = page(0, head) + page(44_100 * 12, b"sound")
    assert seconds_of(file, file) == 12


def test_what_is_shorter_than_a_second_is_one():
    note = page(0, b"OpusHead\x01\x01\x00\x00") + page(9_000, b"a")
    assert seconds_of(note, note) == 1


@pytest.mark.parametrize(
    "file",
    [
        b"", b"OggS", b"ID3 of another kind", opus(3)[:20], page(-1, b"OpusHead\x01\x01\x00\x00"),
        page(2**60, b"OpusHead\x01\x01\x00\x00"), b"OggS" + bytes(200),
    ],
)  # fmt: skip
def test_what_does_not_say_is_not_guessed(file):
    assert seconds_of(file, file) is None

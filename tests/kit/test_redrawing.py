"""What leaves of a file is what is seen or heard, and nothing else."""

import io
import struct

import pytest
from PIL import Image

from nyumbani.kit import cells, sounds, wrapping
from tests.inbox import enclosed

pytestmark = pytest.mark.pure


def through_a_cell(content, tmp_path):
    return cells.run(wrapping.CODE, content, tmp_path, longest=20 << 20)


def test_a_picture_leaves_without_place_telephone_and_remark(tmp_path):
    before = enclosed.photo()
    assert all(word in before for word in enclosed.HIDDEN if word != b"GPS")
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(0x8825)[2] == (32.0, 53.0, 13.0)
    kind, after = through_a_cell(before, tmp_path)
    assert kind == "image/jpeg"
    assert not any(word in after for word in enclosed.HIDDEN)
    picture = Image.open(io.BytesIO(after))
    assert not picture.getexif()
    assert not picture.getexif().get_ifd(0x8825)
    assert picture.size == (320, 240)


def test_a_paper_leaves_as_pictures_of_its_pages_and_says_nothing_of_who_wrote_it(tmp_path):
    before = enclosed.paper(pages=3)
    assert b"CreationDate" in before
    kind, after = through_a_cell(before, tmp_path)
    assert kind == "application/pdf"
    for word in (b"Wanjiku", b"secret", b"CreationDate", b"Author", b"Producer", b"Title"):
        assert word not in after
    assert after.count(b"/Type /Page\n") == 3


def test_a_paper_of_too_many_pages_does_not_leave_in_part(tmp_path):
    assert through_a_cell(enclosed.paper(pages=31), tmp_path)[0] == "too_long"


def test_a_voice_note_leaves_without_its_title_and_plays_as_before(tmp_path):
    before = enclosed.voice()
    kind, after = through_a_cell(before, tmp_path)
    assert kind == "audio/ogg"
    assert b"secret-place" not in after
    pages = list(sounds._pages(after))
    assert [struct.unpack_from("<I", page, 18)[0] for page in pages] == list(range(len(pages)))
    assert all(sounds._summed(page) == page for page in pages)
    assert pages[2:] == list(sounds._pages(before))[2:]


def test_remarks_over_several_pages_are_left_out_and_the_rest_counted_anew():
    head, tags, *rest = sounds._pages(enclosed.voice())
    # 255 signs on one page and the rest on the next.
    long = sounds._body(tags).ljust(300, b"x")
    one = sounds._summed(tags[:26] + b"\x01\xff" + long[:255])
    number = struct.pack("<I", 2)
    two = sounds._summed(
        tags[:5] + b"\x01" + tags[6:18] + number + tags[22:26] + b"\x01\x2d" + long[255:]
    )
    moved = [sounds._renumbered(page, -1) for page in rest]
    after = list(sounds._pages(sounds.clean_ogg(b"".join([head, one, two, *moved]))))
    assert after[2:] == rest
    assert len(after) == len(rest) + 2


def mp3(frames=6):
    return (b"\xff\xfb\x90\x00" + b"\0" * 413) * frames


def test_mp3_keeps_its_frames_alone():
    tag = b"ID3\x03\0\0" + bytes([0, 0, 0, 20]) + b"TPE1 secret-place   "
    after = sounds.clean_mp3(tag + mp3() + b"TAG" + b"secret-place".ljust(125))
    assert after == mp3()


def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def m4a(handler=b"soun", more=b""):
    told = box(b"udta", box(b"\xa9xyz", b"+32.8872+013.1913/"))
    dated = box(
        b"mvhd", b"\0\0\0\0" + struct.pack(">II", 3_500_000_000, 3_500_000_000) + b"\0" * 80
    )
    named = box(b"hdlr", b"\0" * 8 + handler + b"\0" * 12 + b"Nokia-of-Wanjiku\0")
    track = box(b"trak", box(b"mdia", named))
    return (
        box(b"ftyp", b"M4A \0\0\0\0")
        + box(b"moov", dated, track, told)
        + box(b"mdat", b"s" * 64)
        + more
    )


def test_sound_of_a_telephone_says_neither_where_nor_when():
    before = m4a()
    after = sounds.clean_m4a(before)
    assert len(after) == len(before), "the places of the sound's pieces stay true"
    for word in (b"+32.8872", b"udta", b"Wanjiku", struct.pack(">I", 3_500_000_000)):
        assert word in before
        assert word not in after
    assert b"s" * 64 in after


@pytest.mark.parametrize(
    "content",
    [m4a(handler=b"vide"), m4a(more=b"PK\x05\x06"), enclosed.voice() + b"<html>", mp3(2)],
)
def test_moving_pictures_and_what_hangs_on_sound_do_not_leave(content, tmp_path):
    assert through_a_cell(content, tmp_path)[0] == "broken"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"MZ\x90\0 a program", "active"),
        (b"\0\0 something", "other_kind"),
        (enclosed.photo() + b"<script>alert(1)</script>", "two_kinds"),
        (enclosed.photo() + b"PK\x05\x06" + b"\0" * 18, "two_kinds"),
        (enclosed.paper() + b"PK\x05\x06" + b"\0" * 18, "two_kinds"),
        (enclosed.photo()[:300], "broken"),
        (b"%PDF-1.7\nnothing more", "broken"),
    ],
)
def test_what_could_harm_or_cannot_be_read_does_not_leave(content, why, tmp_path):
    assert through_a_cell(content, tmp_path)[0] == why


@pytest.mark.parametrize(
    ("kind", "claimed", "name", "is_so"),
    [
        ("image/jpeg", "image/png", "a.webp", True),
        ("image/jpeg", "application/pdf", "a.pdf", False),
        ("application/pdf", "application/pdf", "a.jpg", False),
        ("image/jpeg", "image/jpeg", "letter.docx", False),
        ("audio/mp4", "video/mp4", "a.mp4", True),
        ("audio/ogg", "", "noted", True),
    ],
)
def test_a_file_is_what_its_name_says(kind, claimed, name, is_so):
    assert wrapping.is_as_said(kind, claimed, name) is is_so

"""Texts and zips: what is in them is given, what is wrong with them is said in one sentence."""

import hashlib
import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from nyumbani.chats.chat_exports import container
from nyumbani.chats.chat_exports.container import BadExport, open_export
from nyumbani.chats.chat_exports.reading import messages
from nyumbani.chats.chat_exports.survey import survey
from nyumbani.drill.exports.telephone import export
from nyumbani.drill.exports.variants import VARIANTS
from tests.chats.chat_exports.reading_back import told

pytestmark = pytest.mark.pure

IPHONE = next(one for one in VARIANTS if one.name == "ios-en-gb")
CHAT, _ = export(told(("Amina", "help me"), ("Grace W", "where?")), IPHONE)
PHOTO = b"\xff\xd8 a photo"


def packed(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def read_whole(path: Path) -> None:
    with open_export(path) as opened:
        opened.chat.read()
        for one in opened.media.values():
            one.sha256()


def why(path: Path) -> str:
    with pytest.raises(BadExport) as caught:
        read_whole(path)
    text = str(caught.value)
    assert "\n" not in text
    return text


def texts(path: Path) -> list[str]:
    with open_export(path) as opened:
        return [one.text for one in messages(opened.chat, survey(opened.chat))]


# ---- what is read --------------------------------------------------------------------------------
def test_a_text_is_its_own_chat(tmp_path):
    path = tmp_path / "WhatsApp Chat with Kazi Tripoli.txt"
    path.write_bytes(CHAT)
    with open_export(path) as opened:
        assert (opened.title, opened.media, opened.size) == ("Kazi Tripoli", {}, len(CHAT))
        assert opened.sha256 == hashlib.sha256(CHAT).hexdigest()
        assert opened.chat.read() == CHAT
    assert opened.chat.closed


def test_a_zip_of_an_iphone_holds_chat_and_media(tmp_path):
    path = packed(
        tmp_path / "WhatsApp Chat - Kazi.zip",
        ("00000001-PHOTO.jpg", PHOTO), ("_chat.txt", CHAT), ("list.txt", b"a document"),
    )  # fmt: skip
    with open_export(path) as opened:
        assert (opened.title, opened.chat_name) == ("Kazi", "_chat.txt")
        photo = opened.media["00000001-PHOTO.jpg"]
        assert sorted(opened.media) == ["00000001-PHOTO.jpg", "list.txt"]
        assert photo.size == len(PHOTO)
        assert photo.sha256() == hashlib.sha256(PHOTO).hexdigest()
        with photo.open() as stream:
            assert stream.read() == PHOTO
    assert texts(path) == ["help me", "where?"]


@pytest.mark.parametrize(
    "names",
    [
        ("WhatsApp Chat with Kazi.txt", "notes.txt"),
        ("anything.txt",),
        ("folder/_chat.txt", "__MACOSX/folder/._chat.txt", "folder/.DS_Store"),
        ("export.txt", "notes.txt"),
    ],
)
def test_the_chat_is_found_by_its_name(tmp_path, names):
    path = packed(tmp_path / "export.zip", (names[0], CHAT), *((name, b"x") for name in names[1:]))
    assert texts(path) == ["help me", "where?"]


def test_a_zip_is_read_twice_without_being_written_anywhere(tmp_path, monkeypatch):
    long = CHAT * 20_000
    path = packed(tmp_path / "a.zip", ("_chat.txt", os.urandom(8) + long + os.urandom(20_000)))
    monkeypatch.setattr("tempfile._candidate_tempdir_list", list)
    before = sorted(tmp_path.iterdir())
    with open_export(path) as opened:
        first = hashlib.sha256(opened.chat.read()).digest()
        assert opened.chat.seek(0) == 0
        assert hashlib.sha256(opened.chat.read()).digest() == first
        opened.chat.seek(8)
        assert opened.chat.read(len(CHAT)) == CHAT
    assert sorted(tmp_path.iterdir()) == before


# ---- what is refused -----------------------------------------------------------------------------
def test_what_cannot_be_opened_is_said(tmp_path):
    assert "No such file" in why(tmp_path / "none.txt")
    assert "directory" in why(tmp_path).lower()


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../a.jpg", "a/../../b.jpg", "C:/a.jpg", "a\\b.jpg", "a.jpg\0.txt"]
)
def test_names_that_are_paths_are_refused(tmp_path, name):
    entry = zipfile.ZipInfo("x" * len(name))
    path = packed(tmp_path / "a.zip", ("_chat.txt", CHAT), (entry, PHOTO))
    # The library that writes zips mends such names; somebody who means harm does not.
    path.write_bytes(path.read_bytes().replace(b"x" * len(name), name.encode()))
    assert "a name that is none" in why(path)


def test_two_files_of_one_name_are_refused(tmp_path):
    path = packed(tmp_path / "a.zip", ("_chat.txt", CHAT), ("a/b.jpg", PHOTO), ("b.jpg", PHOTO))
    assert "two files called 'b.jpg'" in why(path)


def test_a_link_is_refused(tmp_path):
    link = zipfile.ZipInfo("a.jpg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "a link" in why(packed(tmp_path / "a.zip", ("_chat.txt", CHAT), (link, b"/etc/passwd")))


def test_a_locked_zip_is_refused(tmp_path):
    path = packed(tmp_path / "a.zip", ("_chat.txt", CHAT))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(content)
    assert "password" in why(path)


def test_a_bomb_is_refused_before_it_is_read(tmp_path):
    path = packed(tmp_path / "a.zip", ("_chat.txt", CHAT), ("a.jpg", bytes(5_000_000)))
    assert "200 times" in why(path)


@pytest.mark.parametrize(
    ("size", "sentence"), [(3 << 30, "more than 2 GiB"), (1 << 30, "more than 8 GiB")]
)
def test_claims_beyond_the_caps_are_refused(tmp_path, size, sentence):
    entries = [(f"{number}.jpg", PHOTO) for number in range(9)]
    path = packed(tmp_path / "a.zip", ("_chat.txt", CHAT), *entries)
    content, at = bytearray(path.read_bytes()), 0
    claimed = 1 if size > container.LARGEST_ENTRY else 9
    while claimed and (at := content.find(b"PK\1\2", at + 1)) > 0:
        if b".jpg" in content[at : at + 60]:
            struct.pack_into("<L", content, at + 24, size)
            claimed -= 1
    path.write_bytes(content)
    assert sentence in why(path)


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    entries = [(f"{number}.jpg", b"") for number in range(30)]
    path = packed(tmp_path / "a.zip", ("_chat.txt", CHAT), *entries)
    monkeypatch.setattr(container, "MOST_ENTRIES", 30)
    assert "more than 30 files" in why(path)
    monkeypatch.setattr(container, "LARGEST_DIRECTORY", 1000)
    assert "lists too many" in why(path)


@pytest.mark.parametrize("by", [-5, 5])
@pytest.mark.parametrize("name", ["_chat.txt", "a.jpg"])
def test_a_size_that_is_a_lie_is_noticed_while_reading(tmp_path, name, by):
    path = packed(tmp_path / "a.zip", ("_chat.txt", CHAT), ("a.jpg", PHOTO))
    content, at = bytearray(path.read_bytes()), 0
    while name.encode() not in content[(at := content.index(b"PK\1\2", at + 1)) : at + 60]:
        pass
    (size,) = struct.unpack_from("<L", content, at + 24)
    struct.pack_into("<L", content, at + 24, size + by)
    path.write_bytes(content)
    assert "is not what the zip says" in why(path)


def test_broken_zips_are_refused(tmp_path):
    whole = packed(tmp_path / "a.zip", ("_chat.txt", CHAT * 50), ("a.jpg", PHOTO)).read_bytes()
    path = tmp_path / "b.zip"
    for content in (whole[: len(whole) // 2], b"PK\3\4", whole[:60] + b"\0" * 40 + whole[100:]):
        path.write_bytes(content)
        assert "zip" in why(path)


def test_a_zip_without_a_chat_or_with_several_is_refused(tmp_path):
    assert "holds no chat" in why(packed(tmp_path / "a.zip", ("a.jpg", PHOTO)))
    several = packed(tmp_path / "b.zip", ("x.txt", CHAT), ("y.txt", CHAT))
    assert "2 texts" in why(several)


def test_a_zip_inside_a_zip_is_a_file_like_any_other(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("_chat.txt", CHAT)
    path = packed(tmp_path / "a.zip", ("_chat.txt", CHAT), ("old.zip", inner.getvalue()))
    with open_export(path) as opened:
        assert list(opened.media) == ["old.zip"]


def test_a_list_that_is_too_long_hides_behind_no_mark_in_its_own_end(tmp_path):
    """The end record may hold the mark of an end record, in a figure that nobody needs."""
    claimed = container.LARGEST_DIRECTORY + 1
    mark = int.from_bytes(b"PK\x05\x06", "little")
    end = struct.pack("<4s4HLLH", b"PK\x05\x06", 0, 0, 1, 1, claimed, mark, 0)
    path = tmp_path / "chat.zip"
    with path.open("wb") as out:
        out.write(b"PK\x03\x04")
        out.truncate(claimed + 100)
        out.seek(0, 2)
        out.write(end)
    assert why(path) == "the zip lists too many files"

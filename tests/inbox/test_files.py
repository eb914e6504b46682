"""Attached files: a few kinds are shown, drawn anew or played; all others are only handed over."""

import io

import pytest
from PIL import Image

from nyumbani.audit.models import Entry
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.terms import Keeping
from nyumbani.kit import pictures
from tests.desk.world import at_desk, attach, case_with, hear, somebody

pytestmark = pytest.mark.django_db

OGG = b"OggS" + bytes(range(256)) * 4
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(200)


@pytest.fixture
def nafula(db):
    return somebody("Nafula")


def file_of(thread, content, mime_type, kind=Content.DOCUMENT, name=""):
    return attach(hear(thread, content=kind), content, mime_type, kind=kind, name=name)


def picture(size=(3200, 2400), form="JPEG", mode="RGB", **more):
    out = io.BytesIO()
    Image.new(mode, size, "teal").save(out, form, **more)
    return out.getvalue()


def shown(staff, file, **more):
    return at_desk(staff).get(f"/files/{file.pk}/", **more)


def is_guarded(answered):
    assert answered["X-Content-Type-Options"] == "nosniff"
    assert answered["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answered["Cache-Control"] == "no-store"
    return True


@pytest.mark.parametrize(
    ("content", "mime_type", "told"),
    [
        (OGG, "audio/ogg; codecs=opus", "audio/ogg"),
        (b"ID3" + bytes(100), "audio/mpeg", "audio/mpeg"),
        (b"\xff\xfb\x90" + bytes(100), "audio/mpeg", "audio/mpeg"),
        (MP4, "audio/mp4", "audio/mp4"),
        (MP4, "video/mp4", "video/mp4"),
        (b"#!AMR\n" + bytes(100), "AUDIO/AMR", "audio/amr"),
    ],
)
def test_what_can_be_played_is_played_as_what_it_is(wanjiku, nafula, content, mime_type, told):
    answered = shown(wanjiku, file_of(nafula, content, mime_type))
    assert answered.status_code == 200
    assert answered["Content-Type"] == told
    assert answered.content == content
    assert is_guarded(answered)


@pytest.mark.parametrize(
    ("content", "mime_type"),
    [
        (b"<script>alert(1)</script>", "text/html"),
        (b"<script>alert(1)</script>", "audio/ogg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
        (b"%PDF-1.7", "application/pdf"),
        (b"not a picture", "image/jpeg"),
        (OGG, ""),
        (b"", "image/png"),
    ],
)
def test_everything_else_is_only_handed_over_when_asked_for(wanjiku, nafula, content, mime_type):
    file = file_of(nafula, content, mime_type)
    answered = shown(wanjiku, file)
    assert "This file is not shown" in answered.content.decode()
    assert not content or content not in answered.content
    kept = at_desk(wanjiku).get(f"/files/{file.pk}/keep/")
    assert kept["Content-Type"] == "application/octet-stream"
    assert kept["Content-Disposition"].startswith("attachment")
    assert kept.content == content
    assert is_guarded(kept)


def test_a_picture_is_drawn_anew_small_and_without_its_margins(wanjiku, nafula):
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    content = picture(exif=exif)
    answered = shown(wanjiku, file_of(nafula, content, "image/jpeg", Content.IMAGE))
    assert answered["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(answered.content)) as seen:
        assert max(seen.size) == pictures.SIDE
    assert b"SECRET-CAMERA" not in answered.content
    assert is_guarded(answered)


def test_a_picture_lying_on_its_side_stands_up(wanjiku, nafula):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter
    content = picture((400, 200), exif=exif)
    answered = shown(wanjiku, file_of(nafula, content, "image/jpeg", Content.IMAGE))
    with Image.open(io.BytesIO(answered.content)) as seen:
        assert seen.size == (200, 400)


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGBA"), ("WEBP", "RGBA"), ("GIF", "P")])
def test_other_kinds_of_picture_are_drawn_too(wanjiku, nafula, form, mode):
    content = picture((60, 40), form, mode)
    answered = shown(wanjiku, file_of(nafula, content, f"image/{form.lower()}", Content.STICKER))
    assert answered["Content-Type"] in {"image/png", "image/jpeg"}
    with Image.open(io.BytesIO(answered.content)) as seen:
        assert seen.size == (60, 40)


def test_a_picture_that_would_fill_the_memory_is_not_opened(wanjiku, nafula):
    bomb = picture((9000, 9000), "PNG", "1")
    assert len(bomb) < 30_000
    answered = shown(wanjiku, file_of(nafula, bomb, "image/png", Content.IMAGE))
    assert "more than we open" in answered.content.decode()


def test_a_player_gets_the_piece_it_asks_for(wanjiku, nafula):
    file = file_of(nafula, OGG, "audio/ogg", Content.VOICE)
    piece = shown(wanjiku, file, headers={"Range": "bytes=0-1"})
    assert (piece.status_code, piece.content) == (206, OGG[:2])
    assert piece["Content-Range"] == f"bytes 0-1/{len(OGG)}"
    rest = shown(wanjiku, file, headers={"Range": "bytes=1000-"})
    assert rest.content == OGG[1000:]
    assert rest["Content-Range"] == f"bytes 1000-{len(OGG) - 1}/{len(OGG)}"
    for odd in ("bytes=99999-", "bytes=-5", "lines=1-2", "bytes=5-2", f"bytes={'1' * 5000}-"):
        whole = shown(wanjiku, file, headers={"Range": odd})
        assert (whole.status_code, whole.content) == (200, OGG)


def test_a_file_to_keep_has_its_senders_name_without_what_misleads(wanjiku, nafula):
    name = "../../etc/\u202egpj.exe"
    file = file_of(nafula, OGG, "audio/ogg", name=name)
    answered = at_desk(wanjiku).get(f"/files/{file.pk}/keep/")
    assert answered["Content-Disposition"] == 'attachment; filename=".._.._etc__gpj.exe"'
    assert answered["Content-Type"] == "application/octet-stream"
    assert answered.content == OGG


def test_each_look_is_written_down(wanjiku, nafula):
    file = file_of(nafula, OGG, "audio/ogg")
    shown(wanjiku, file)
    at_desk(wanjiku).get(f"/files/{file.pk}/keep/")
    seen = Entry.objects.filter(verb="file.seen", about=f"person:{nafula.person_id}")
    assert seen.count() == 2
    assert file.pk in bytes(seen.first().body).decode()


def test_another_team_and_whoever_runs_the_machine_get_nothing(wanjiku, kamau, mutiso, nafula):
    file = file_of(nafula, OGG, "audio/ogg")
    case_with(wanjiku, nafula)
    for staff in (kamau, mutiso):
        for more in ("", "keep/"):
            assert at_desk(staff).get(f"/files/{file.pk}/{more}").status_code == 404
    assert not Entry.objects.filter(verb="file.seen").exists()


def test_nobody_gets_it_before_signing_in(client, nafula):
    file = file_of(nafula, OGG, "audio/ogg")
    assert client.get(f"/files/{file.pk}/")["Location"].startswith("/sign-in/")


def test_a_file_that_is_not_here_or_was_changed_does_not_exist(wanjiku, nafula, settings):
    pending = file_of(nafula, OGG, "audio/ogg")
    pending.keeping = Keeping.PENDING
    pending.save()
    assert shown(wanjiku, pending).status_code == 404
    changed = file_of(nafula, OGG, "audio/ogg")
    stored = settings.NYUMBANI_DATA / changed.path
    stored.write_bytes(stored.read_bytes()[:-1] + b"?")
    assert shown(wanjiku, changed).status_code == 404

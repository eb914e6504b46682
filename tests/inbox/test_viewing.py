"""Viewing copies: drawn in a cell, sealed, made again if gone; what could harm is not drawn."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from nyumbani.audit.models import Entry
from nyumbani.inbox import drawer
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.models.copies import ViewingCopy
from nyumbani.kit import cells
from nyumbani.kit.sniffing import NotShown, refusal
from tests.desk.world import at_desk, attach, case_with, hear, somebody


def picture(form="PNG", size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form)
    return out.getvalue()


def zipped(name="a.html", content=b"<script>alert(1)</script>"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(zipfile.ZipInfo(name), content)  # no hour of its own
    return out.getvalue()


SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
HOSTILE = [
    (SVG, "image/svg+xml", NotShown.ACTIVE),
    (SVG, "image/png", NotShown.ACTIVE),
    (b"<html><script>alert(1)</script>", "image/jpeg", NotShown.ACTIVE),
    (b"#!/bin/sh\nrm -rf ~", "image/gif", NotShown.ACTIVE),
    (b"MZ\x90" + bytes(80), "image/png", NotShown.ACTIVE),
    (zipped("word/vbaProject.bin"), "application/vnd.ms-word.document", NotShown.ACTIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), "application/msword", NotShown.ACTIVE),
    (b"GIF89a/*<script>alert(1)</script>*/", "image/gif", NotShown.TWO_KINDS),
    (picture("JPEG") + zipped(), "image/jpeg", NotShown.TWO_KINDS),
    (picture("PNG") + zipped("b.txt", b"words"), "image/png", NotShown.TWO_KINDS),
    (picture("GIF")[:20] + b"%PDF-1.7" + picture("GIF")[20:], "image/gif", NotShown.TWO_KINDS),
    (b"words", "application/pdf", NotShown.NOT_AS_SAID),
    (b"%PDF-1.7\n", "image/png", NotShown.NOT_AS_SAID),
    (gzip.compress(bytes(10_000), mtime=0), "image/png", NotShown.NOT_AS_SAID),
    (picture("PNG"), "application/zip", NotShown.NOT_AS_SAID),
    (picture("BMP"), "image/bmp", NotShown.OTHER_KIND),
]


@pytest.mark.pure
@pytest.mark.parametrize(("content", "said", "why"), HOSTILE)
def test_what_could_harm_is_refused_before_anything_opens_it(content, said, why):
    assert refusal(content, said) is why


@pytest.mark.pure
@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_plain_picture_is_not_refused(form):
    assert refusal(picture(form), f"image/{form.lower()}") is None


# What a cell takes away, each with what would happen without it.
ESCAPES = {
    "memory": "x = bytearray(2_000_000_000); cell.answer('free')",
    "processor": "import resource as r; cell.answer(str(r.getrlimit(r.RLIMIT_CPU)[0]))",
    "long_answer": "cell.answer('free', bytes(20_000_000))",
    "many_files": "kept = [open('/dev/null') for _ in range(200)]; cell.answer('free')",
}


@pytest.mark.pure
@pytest.mark.parametrize("name", ["memory", "long_answer", "many_files"])
def test_a_cell_gives_nothing_away_to_whoever_takes_too_much(tmp_path, name):
    with pytest.raises(cells.NoAnswer):
        cells.run(ESCAPES[name], b"", tmp_path)


@pytest.mark.pure
def test_a_cell_has_little_of_the_processor(tmp_path):
    assert cells.run(ESCAPES["processor"], b"", tmp_path) == ("15", b"")


@pytest.mark.pure
def test_a_child_that_never_ends_is_ended(tmp_path):
    with pytest.raises(cells.NoAnswer):
        cells.run("import time; time.sleep(600)", b"", tmp_path, wait=1)


@pytest.mark.pure
def test_a_cell_knows_nothing_of_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("NYUMBANI_SECRET", "canary")
    code = "import os; cell.answer('seen', repr(dict(os.environ)).encode())"
    assert b"canary" not in cells.run(code, b"", tmp_path)[1]


@pytest.mark.pure
def test_a_cell_holds_no_file_of_ours_open(tmp_path):
    with (tmp_path / "ours").open("wb") as ours:
        code = f"""
import os
try:
    os.fstat({ours.fileno()})
    cell.answer('open')
except OSError:
    cell.answer('closed')
"""
        ran = cells.run(f"exec({code!r})", b"", tmp_path)
    assert ran == ("closed", b"")


@pytest.mark.pure
def test_a_cell_reaches_no_network(tmp_path):
    """Whether the kernel gives it a network of its own is asked, not hoped for."""
    code = """
import os
cell.answer('here', os.readlink('/proc/self/ns/net').encode())
"""
    inside = cells.run(f"exec({code!r})", b"", tmp_path)[1].decode()
    if inside == str(Path("/proc/self/ns/net").readlink()):
        pytest.skip("this kernel gives nobody a network of one's own")
    tried = """
import socket
try:
    socket.create_connection(('127.0.0.1', 9), 1)
except ConnectionRefusedError:
    cell.answer('refused')
except OSError as error:
    cell.answer('unreachable')
"""
    assert cells.run(f"exec({tried!r})", b"", tmp_path)[0] == "unreachable"


@pytest.fixture
def nafula(db):
    return somebody("Nafula")


def file_of(thread, content, said="image/png"):
    return attach(hear(thread, content=Content.IMAGE), content, said, kind=Content.IMAGE)


@pytest.mark.django_db
def test_a_copy_is_sealed_and_drawn_once(wanjiku, nafula):
    file = file_of(nafula, picture())
    first = drawer.draw(file.pk)
    assert drawer.draw(file.pk).path == first.path
    closed = (Path(settings.NYUMBANI_DATA) / first.path).read_bytes()
    assert b"JFIF" not in closed
    answered = at_desk(wanjiku).get(f"/files/{file.pk}/")
    assert answered["Content-Type"] == "image/jpeg"


@pytest.mark.django_db
def test_a_copy_that_is_gone_is_made_again(nafula):
    file = file_of(nafula, picture())
    first = drawer.draw(file.pk)
    (Path(settings.NYUMBANI_DATA) / first.path).unlink()
    again = drawer.draw(file.pk)
    assert again.path != first.path
    assert drawer.opened(again)
    assert ViewingCopy.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (picture()[:60], NotShown.BROKEN),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, NotShown.BROKEN),
        (b"GIF89a" + b"\xff" * 300, NotShown.BROKEN),
        (b"\xff\xd8\xff\xe0" + bytes(50), NotShown.BROKEN),
    ],
)
def test_a_broken_file_says_so_and_the_worker_lives_on(nafula, content, why):
    said = "image/png" if content.startswith(b"\x89") else "image/gif"
    assert drawer.draw(file_of(nafula, content, said).pk).why == why


@pytest.mark.django_db
def test_who_looks_reads_why_and_each_look_at_the_original_is_told_apart(wanjiku, nafula):
    case_with(wanjiku, nafula)
    file = file_of(nafula, picture() + zipped())
    desk = at_desk(wanjiku)
    assert "something else at once" in desk.get(f"/files/{file.pk}/").content.decode()
    thread = desk.get(f"/inbox/{nafula.person_id}/").content.decode()
    assert "something else at once" in thread
    assert "<img" not in thread
    desk.get(f"/files/{file.pk}/keep/")
    seen = Entry.objects.filter(verb="file.seen").order_by("n")
    assert ['"original":1' in str(line.body) for line in seen] == [False, True]


@pytest.mark.django_db
def test_who_may_not_read_her_sees_neither_copy_nor_original(wanjiku, kamau, nafula):
    case_with(wanjiku, nafula)
    file = file_of(nafula, picture())
    for address in (f"/files/{file.pk}/", f"/files/{file.pk}/keep/"):
        assert at_desk(kamau).get(address).status_code == 404

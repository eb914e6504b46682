"""PDF from strangers: its first pages are drawn in a cell; what could harm is refused and kept."""

import io
import re
import subprocess
import sys
import zlib

import pypdfium2
import pytest
from PIL import Image

from nyumbani.audit.models import Entry
from nyumbani.inbox import drawer
from nyumbani.inbox.actions import files
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.models.copies import ViewingCopy
from nyumbani.jobs.models import Job
from nyumbani.kit import cells, leaves, papers
from nyumbani.kit.doer import System
from nyumbani.kit.scripts import Bomb, runs_something
from nyumbani.kit.sniffing import NotShown, refusal
from nyumbani.vault.files import SealedFile, open_file
from tests.desk.world import at_desk, attach, case_with, hear, somebody
from tests.inbox import papers as written

PDF = "application/pdf"


def drawn(content, folder):
    """What a cell answers to a paper."""
    word, answer = cells.run(leaves.CODE, content, folder)
    return leaves.read(answer) if word == leaves.KIND else NotShown(word)


# ---- what a cell draws ---------------------------------------------------------------------------
@pytest.mark.pure
def test_pages_are_drawn_wide_enough_to_read_with_their_words(tmp_path):
    bound = drawn(written.paper(3), tmp_path)
    assert (bound.of, len(bound.leaves), bound.are_all) == (3, 3, True)
    assert [leaf.text for leaf in bound.leaves] == [f"Page {n} of the contract" for n in (1, 2, 3)]
    with Image.open(io.BytesIO(bound.leaves[0].picture)) as seen:
        assert seen.size == (papers.WIDTH, 1557)
        assert min(seen.convert("L").getextrema()) < 64  # there is ink on it


@pytest.mark.pure
def test_of_many_pages_the_first_are_drawn_and_all_are_counted(tmp_path):
    bound = drawn(written.paper(57), tmp_path)
    assert (bound.of, len(bound.leaves), bound.are_all) == (57, leaves.MOST, False)


@pytest.mark.pure
def test_what_was_filled_into_a_form_is_on_the_picture(tmp_path):
    bound = drawn(written.with_form(), tmp_path)
    with Image.open(io.BytesIO(bound.leaves[0].picture)) as seen:
        red, green, _ = seen.convert("RGB").getpixel((650, 430))
    assert red - green > 140


@pytest.mark.pure
def test_one_that_only_forbids_printing_is_drawn(tmp_path):
    assert drawn(written.locked(b""), tmp_path).leaves[0].text == "Page 1 of the contract"


@pytest.mark.pure
def test_a_scroll_is_drawn_narrow_rather_than_large(tmp_path):
    bound = drawn(written.paper(box=b"[0 0 100 14000]"), tmp_path)
    with Image.open(io.BytesIO(bound.leaves[0].picture)) as seen:
        assert seen.width * seen.height <= papers.PIXELS * 1.01
        assert seen.height <= papers.TALLEST


HOSTILE = {
    "script": (written.with_script(), NotShown.ACTIVE),
    "script, its name in figures": (written.with_script(b"/J#61vaScript"), NotShown.ACTIVE),
    "script in packed objects": (written.with_hidden_script(), NotShown.ACTIVE),
    "program": (written.paper(root=b"/OpenAction<</S/Launch/F(cmd.exe)>>"), NotShown.ACTIVE),
    "link to a script": (written.paper(root=b"/URI(JavaScript:alert)"), NotShown.ACTIVE),
    "password": (written.locked(), NotShown.LOCKED),
    "page of 14 km": (written.paper(box=b"[0 0 40000000 40000000]"), NotShown.TOO_LARGE),
    "pages without end": (written.paper(papers.MOST_PAGES + 1, b""), NotShown.TOO_LARGE),
    "objects without end": (written.with_objects_without_end(), NotShown.TOO_LARGE),
    "a tree that is its own branch": (written.parent_of_itself(), NotShown.BROKEN),
    "cut off": (written.paper()[:300], NotShown.BROKEN),
    "nothing behind its name": (b"%PDF-1.7\n", NotShown.BROKEN),
    "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 400, NotShown.BROKEN),
}


@pytest.mark.pure
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_paper_is_refused_for_its_own_reason(tmp_path, name):
    content, why = HOSTILE[name]
    assert drawn(content, tmp_path) is why


@pytest.mark.pure
def test_lists_in_lists_do_not_bring_the_renderer_down(tmp_path):
    deep = written.paper(root=b"/X" + b"[" * 200_000 + b"]" * 200_000)
    assert drawn(deep, tmp_path).of == 1


@pytest.mark.pure
@pytest.mark.slow
@pytest.mark.parametrize("content", [written.laughing(), written.drawn_in_itself()])
def test_one_that_never_ends_costs_a_cell_and_no_worker(tmp_path, content):
    try:
        bound = drawn(content, tmp_path)
    except cells.NoAnswer:
        return  # it was stopped: the drawer says so
    assert bound.leaves[0].picture  # or the renderer saw through it


@pytest.mark.pure
def test_a_paper_that_lies_about_its_pages_is_counted_by_what_is_there(tmp_path):
    content = written.paper().replace(b"/Count 1>>", b"/Count 9>>")
    assert drawn(content, tmp_path).of in {1, 9}


@pytest.mark.pure
def test_the_renderer_runs_no_scripts_and_is_loaded_by_no_room():
    assert not {"V8", "XFA"} & set(pypdfium2.PDFIUM_INFO.flags)
    code = "import sys; from nyumbani.kit import cells, leaves; print('pypdfium2' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


@pytest.mark.pure
def test_pictures_and_typefaces_are_not_searched_for_scripts():
    picture = zlib.compress(b"\xff\x00 /JavaScript " * 20)
    assert not runs_something(written.paper(objects=[written.stream(picture)]))
    with pytest.raises(Bomb):
        runs_something(written.with_objects_without_end())


# ---- what is refused before, and what a cell is not believed -------------------------------------
@pytest.mark.pure
@pytest.mark.parametrize(
    ("content", "said", "why"),
    [
        (written.paper(), PDF, None),
        (b"\xef\xbb\xbf\n" + written.paper(), "Application/PDF; name=x", None),
        (written.paper(), "image/png", NotShown.NOT_AS_SAID),
        (b"plain words", PDF, NotShown.NOT_AS_SAID),
        (b"<html><body>%PDF-1.7", PDF, NotShown.ACTIVE),
        (written.paper(content=b"<script>alert(1)</script>"), PDF, NotShown.TWO_KINDS),
        (written.paper() + b"PK\x05\x06" + bytes(18), PDF, NotShown.TWO_KINDS),
        (written.paper() + b"Rar!\x1a\x07\x00", PDF, NotShown.TWO_KINDS),
    ],
)
def test_a_paper_is_tried_only_if_it_is_one_and_nothing_else(content, said, why):
    assert refusal(content, said) is why


@pytest.mark.pure
def test_two_signs_that_stand_in_every_photograph_make_it_no_page_of_a_server():
    out = io.BytesIO()
    noise = Image.effect_noise((1600, 1200), 90).convert("RGB")
    noise.save(out, "JPEG", quality=90)
    photograph = out.getvalue() + b"<%"
    assert refusal(photograph, "image/jpeg") is None
    assert refusal(out.getvalue() + b"<?php echo 1", "image/jpeg") is NotShown.TWO_KINDS


JPEG = b"\xff\xd8\xff" + bytes(20)


@pytest.mark.pure
@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}\n", b"[]\n", b"[" * 100_000 + b"\n", b'{"of":1,"leaves":[]}\n',
        b'{"of":1,"leaves":[[5,""]]}\nabc', b'{"of":1,"leaves":[[3,""]]}\nabc',
        b'{"of":1,"leaves":[[-1,""],[1,""]]}\n', leaves.bind(1, [leaves.Leaf(JPEG)] * 2),
        leaves.bind(99, [leaves.Leaf(JPEG)] * (leaves.MOST + 1)), leaves.bind(1, []),
        leaves.bind(1, [leaves.Leaf(b"<html><script>alert(1)</script>")]),
        leaves.bind(1, [leaves.Leaf(JPEG)]) + b"more", b" " * 2_000_000 + b"\n",
    ],
)  # fmt: skip
def test_a_cell_that_was_broken_into_is_not_believed(content):
    with pytest.raises(leaves.NotLeaves):
        leaves.read(content)


@pytest.mark.pure
def test_what_was_bound_is_read():
    pages = [leaves.Leaf(JPEG, "Habari\nنعم"), leaves.Leaf(b""), leaves.Leaf(JPEG + b"!")]
    assert leaves.read(leaves.bind(7, pages)) == leaves.Bound(7, tuple(pages))


# ---- what staff see ------------------------------------------------------------------------------
@pytest.fixture
def nafula(db):
    return somebody("Nafula")


def paper_of(thread, content=None, said=PDF, name="contract.pdf"):
    content = written.paper(2) if content is None else content
    message = hear(thread, content=Content.DOCUMENT)
    return attach(message, content, said, kind=Content.DOCUMENT, name=name)


def page_of(staff, address):
    answered = at_desk(staff).get(address)
    assert answered.status_code == 200
    return answered.content.decode()


@pytest.mark.django_db
def test_the_first_page_stands_in_the_thread_and_opens_all(wanjiku, nafula):
    file = paper_of(nafula)
    thread = page_of(wanjiku, f"/inbox/{nafula.person_id}/")
    assert re.search(
        rf'<a href="/files/{file.pk}/">\s*<img src="/files/{file.pk}/pages/1/"', thread
    )
    assert "contract.pdf" in thread
    assert f'href="/files/{file.pk}/keep/"' in thread
    seen = at_desk(wanjiku).get(f"/files/{file.pk}/pages/1/")
    assert seen["Content-Type"] in {"image/png", "image/jpeg"}
    assert seen["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert seen["Cache-Control"] == "no-store"
    with Image.open(io.BytesIO(seen.content)) as picture:
        assert picture.width == papers.WIDTH


@pytest.mark.django_db
def test_its_pages_stand_one_below_the_other_with_their_words(wanjiku, nafula):
    file = paper_of(nafula, written.paper(2))
    page = page_of(wanjiku, f"/files/{file.pk}/")
    assert "Pages <bdi>1–2</bdi> of <bdi>2</bdi>" in page
    assert "are drawn" not in page
    assert re.search(r'<p class="text" dir="auto">Page 2 of the contract</p>', page)
    assert "contract.pdf" not in page  # her words stand in no title


@pytest.mark.django_db
def test_of_a_long_one_it_is_said_which_pages_are_shown(wanjiku, nafula):
    file = paper_of(nafula, written.paper(57))
    page = page_of(wanjiku, f"/files/{file.pk}/")
    assert "Pages <bdi>1–5</bdi> of <bdi>57</bdi>" in page
    assert "Only the first <bdi>20</bdi> pages are drawn" in page
    assert 'href="?from=6"' in page
    last = page_of(wanjiku, f"/files/{file.pk}/?from=16")
    assert "Pages <bdi>16–20</bdi> of <bdi>57</bdi>" in last
    assert 'href="?from=11"' in last
    assert "?from=21" not in last
    for odd in ("0", "21", "-1", "x", "99999999999", "١"):
        assert "Pages <bdi>1–5</bdi>" in page_of(wanjiku, f"/files/{file.pk}/?from={odd}")


@pytest.mark.django_db
def test_words_of_a_paper_are_words_and_weigh_little(wanjiku, nafula):
    line = b"".join(b"0 -14 Td (<b>Salary & passport) Tj " for _ in range(58))
    full = b"BT /F 11 Tf 40 820 Td " + line * 8 + b" ET"
    file = paper_of(nafula, written.paper(5, full))
    answered = at_desk(wanjiku).get(f"/files/{file.pk}/")
    assert b"&lt;b&gt;Salary &amp; passport" in answered.content
    assert len(answered.content) < 60_000


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["script", "password", "page of 14 km", "cut off"])
def test_a_refused_one_says_why_and_its_original_stays_sealed(wanjiku, nafula, name):
    content, why = HOSTILE[name]
    file = paper_of(nafula, content)
    page = page_of(wanjiku, f"/files/{file.pk}/")
    told = {
        NotShown.ACTIVE: "could run something", NotShown.LOCKED: "locked with a password",
        NotShown.TOO_LARGE: "more than we open", NotShown.BROKEN: "It is broken",
    }  # fmt: skip
    assert told[why] in page
    thread = page_of(wanjiku, f"/inbox/{nafula.person_id}/")
    assert told[why] in thread
    assert "<img" not in thread
    assert at_desk(wanjiku).get(f"/files/{file.pk}/pages/1/").status_code == 404
    assert at_desk(wanjiku).get(f"/files/{file.pk}/keep/").content == content
    assert open_file(SealedFile(file.path, file.sha256, file.size), file.seal_scope) == content


@pytest.mark.django_db
def test_its_pages_are_sealed_drawn_once_and_drawn_again_if_gone(wanjiku, nafula, settings):
    file = paper_of(nafula)
    first = drawer.draw(file.pk)
    assert first.mime_type == leaves.KIND
    assert drawer.draw(file.pk).path == first.path
    closed = settings.NYUMBANI_DATA / first.path
    assert b"contract" not in closed.read_bytes()
    closed.unlink()
    assert drawer.pages(drawer.draw(file.pk)).of == 2
    assert ViewingCopy.objects.count() == 1


@pytest.mark.django_db
def test_a_paper_that_comes_is_drawn_before_anybody_asks(nafula):
    file = paper_of(nafula)
    sealed = SealedFile(file.path, file.sha256, file.size)
    files.keep(file=file, sealed=sealed, mime_type=PDF, by=System("fetcher"))
    assert Job.objects.filter(kind="inbox.draw").count() == 1


@pytest.mark.django_db
def test_each_page_somebody_saw_is_in_the_ledger(wanjiku, nafula):
    file = paper_of(nafula)
    desk = at_desk(wanjiku)
    desk.get(f"/files/{file.pk}/")
    desk.get(f"/files/{file.pk}/pages/2/")
    for beyond in (0, 3, 99999999):
        assert desk.get(f"/files/{file.pk}/pages/{beyond}/").status_code == 404
    seen = Entry.objects.filter(verb="file.seen", about=f"person:{nafula.person_id}").order_by("n")
    assert ['"page":2' in str(line.body) for line in seen] == [False, True]


@pytest.mark.django_db
def test_who_may_not_read_her_sees_no_page(wanjiku, kamau, mutiso, nafula):
    file = paper_of(nafula)
    case_with(wanjiku, nafula)
    assert at_desk(wanjiku).get(f"/files/{file.pk}/pages/1/").status_code == 200
    for staff in (kamau, mutiso):
        for more in ("", "pages/1/", "keep/"):
            assert at_desk(staff).get(f"/files/{file.pk}/{more}").status_code == 404
    assert Entry.objects.filter(verb="file.seen").count() == 1


@pytest.mark.django_db
def test_a_picture_has_no_pages(wanjiku, nafula):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    file = attach(
        hear(nafula, content=Content.IMAGE), out.getvalue(), "image/png", kind=Content.IMAGE
    )
    assert at_desk(wanjiku).get(f"/files/{file.pk}/pages/1/").status_code == 404

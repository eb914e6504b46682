"""A voice note plays on a tap, says how long and how large it is, and may be kept as a file."""

import pytest

from nyumbani.inbox import fetcher
from nyumbani.inbox.channels.events import Content
from tests.desk.world import at_desk, attach, case_with, hear, somebody
from tests.domain.test_sound import opus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def note(db):
    thread = somebody("Rehema")
    file = attach(hear(thread, content=Content.VOICE), opus(65), "audio/ogg; codecs=opus")
    file.seconds = 65
    file.save(update_fields=["seconds"])
    file.thread = thread
    return file


def page_of(staff, note):
    return at_desk(staff).get(f"/inbox/{note.thread.person_id}/").content.decode()


def test_nothing_is_fetched_before_the_tap(wanjiku, note):
    page = page_of(wanjiku, note)
    assert 'preload="none"' in page
    assert f'src="/files/{note.pk}/"' in page
    assert f'href="/files/{note.pk}/keep/"' in page


def test_its_length_and_size_stand_beside_it(wanjiku, note):
    page = page_of(wanjiku, note)
    assert '<bdi class="num">1:05</bdi>' in page
    assert "kB" in page or "B</bdi>" in page


def test_that_older_iphones_do_not_play_it_is_said_with_the_download(wanjiku, note):
    assert "Older iPhones" in page_of(wanjiku, note)
    other = attach(hear(note.thread, content=Content.AUDIO), b"ID3" + bytes(90), "audio/mpeg")
    assert page_of(wanjiku, note).count("Older iPhones") == 1
    assert other.seconds is None


def test_the_page_may_play_from_here_alone(wanjiku, note):
    answered = at_desk(wanjiku).get(f"/inbox/{note.thread.person_id}/")
    assert "media-src 'self'" in answered["Content-Security-Policy"]


def test_a_piece_of_it_is_given_and_never_kept(wanjiku, note):
    headers = {"Range": "bytes=0-3"}
    piece = at_desk(wanjiku).get(f"/files/{note.pk}/", headers=headers)
    assert (piece.status_code, piece.content) == (206, b"OggS")
    assert piece["Cache-Control"] == "no-store"


def test_who_may_not_read_her_hears_nothing(wanjiku, kamau, note):
    case_with(wanjiku, note.thread)
    assert at_desk(kamau).get(f"/files/{note.pk}/").status_code == 404


def test_the_length_is_taken_from_the_files_ends_however_large(tmp_path):
    target = tmp_path / "file"
    start, end = opus(90).split(b"OggS")[1:]
    target.write_bytes(b"OggS" + start + bytes(300_000) + b"OggS" + end)
    assert fetcher._seconds(target) == 90

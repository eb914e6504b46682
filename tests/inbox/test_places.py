"""A place she sent: told in words, drawn by ourselves, copied by hand; never asked of others."""

import pytest

from nyumbani.audit.models import Entry
from nyumbani.inbox.channels.events import Content
from tests.desk.world import at_desk, case_with, hear, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
GARGARESH = {"latitude": 32.82, "longitude": 13.1, "name": "Gargaresh"}


@pytest.fixture
def rehema(db):
    return somebody("Rehema")


def sent(thread, place):
    return hear(thread, content=Content.LOCATION, data={"location": place})


def picture(staff, message):
    return at_desk(staff).get(f"/inbox/{message.conversation.person_id}/{message.pk}/map.svg")


def page_of(staff, thread):
    return at_desk(staff).get(f"/inbox/{thread.person_id}/").content.decode()


def test_the_page_says_how_far_from_which_town(wanjiku, rehema):
    sent(rehema, GARGARESH)
    page = page_of(wanjiku, rehema)
    assert "km south-west of <bdi>Tripoli</bdi>" in page
    assert 'value="32.82, 13.1"' in page


def test_the_map_is_ours_and_keeps_nothing(wanjiku, rehema):
    answered = picture(wanjiku, sent(rehema, GARGARESH))
    assert answered["Content-Type"].startswith("image/svg+xml")
    assert b"Tripoli" in answered.content
    assert answered["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answered["Cache-Control"] == "no-store"
    assert len(answered.content) <= 6_000


def test_that_somebody_looked_is_written_down(wanjiku, rehema):
    message = sent(rehema, GARGARESH)
    picture(wanjiku, message)
    line = Entry.objects.filter(verb="place.seen").get()
    assert line.about == f"person:{rehema.person_id}"
    assert b"32.8" not in bytes(line.body)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({"latitude": 132, "longitude": 13}, "these coordinates do not exist"),
        ({"latitude": "north", "longitude": 13}, "without coordinates we can read"),
        ({"latitude": 0, "longitude": 0}, "did not know where it was"),
    ],
)
def test_coordinates_that_are_none_are_refused_in_words(wanjiku, rehema, place, said):
    message = sent(rehema, place)
    page = page_of(wanjiku, rehema)
    assert said in page
    assert "map.svg" not in page
    assert picture(wanjiku, message).status_code == 404


def test_what_our_map_does_not_reach_is_told_in_words_alone(wanjiku, rehema):
    message = sent(rehema, {"latitude": 13.75, "longitude": 100.5})
    page = page_of(wanjiku, rehema)
    assert "Our own map does not reach this far." in page
    assert "map.svg" not in page
    assert picture(wanjiku, message).status_code == 404


def test_a_message_without_a_place_has_no_map(wanjiku, rehema):
    assert picture(wanjiku, hear(rehema, "32.82, 13.1")).status_code == 404


def test_who_may_not_read_her_sees_no_map(wanjiku, kamau, rehema):
    case_with(wanjiku, rehema)
    message = sent(rehema, GARGARESH)
    assert picture(kamau, message).status_code == 404
    assert picture(wanjiku, message).status_code == 200
    other = somebody("Zawadi")
    address = f"/inbox/{other.person_id}/{message.pk}/map.svg"
    assert at_desk(wanjiku).get(address).status_code == 404

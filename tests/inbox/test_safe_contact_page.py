"""The page on which her safe times are written down, and what a thread says of them."""

import datetime as dt

import pytest

from nyumbani.audit.models import Entry
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.sending import Attempt
from nyumbani.kit import clock
from nyumbani.people.agreed import agreed_with
from tests.desk.world import alarm, at_desk, case_with, hear, somebody

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2014, 7, 14, 10, tzinfo=dt.UTC)  # 12:00 in Tripoli
EVENINGS = {
    "zone": "Africa/Tripoli", "days_1": ["0", "1", "2", "3", "4", "5", "6"], "from_1": "20:00",
    "to_1": "22:00", "cover": "a cousin", "code_word": "jasmine", "duress_word": "mango",
}  # fmt: skip


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def nafula(wanjiku):
    thread = somebody("Nafula", number="+218910000001")
    hear(thread, "Habari", at=NOON)
    case_with(wanjiku, thread)
    return thread


def page_of(thread) -> str:
    return f"/inbox/{thread.person_id}/safe-contact/"


def test_what_is_filled_in_is_agreed_and_shown_where_people_write(nafula, wanjiku):
    desk = at_desk(wanjiku)
    assert desk.post(page_of(nafula), EVENINGS).status_code == 302
    agreed = agreed_with(nafula.person_id)
    assert (agreed.code_word, agreed.duress_word, agreed.cover) == ("jasmine", "mango", "a cousin")
    page = desk.get(f"/inbox/{nafula.person_id}/").content.decode()
    for words in ("20:00–22:00", "every day", "a cousin", "jasmine", "waits until"):
        assert words in page
    assert "mango" not in page, "her duress word is shown on its own page only"
    assert "jasmine" in desk.get(page_of(nafula)).content.decode()


def test_the_page_that_sends_says_that_it_waits(nafula, wanjiku):
    desk = at_desk(wanjiku)
    desk.post(page_of(nafula), EVENINGS)
    desk.post(f"/inbox/{nafula.person_id}/reply/", {"text": "I write again soon."})
    attempt = Attempt.objects.get()
    assert attempt.held_until == NOON.replace(hour=18)
    assert "Waits for her safe time" in desk.get(f"/inbox/{nafula.person_id}/").content.decode()


def test_the_lead_may_send_now_and_says_why_on_the_same_page(nafula, wanjiku):
    desk = at_desk(wanjiku)
    desk.post(page_of(nafula), EVENINGS)
    desk.post(
        f"/inbox/{nafula.person_id}/reply/", {"text": "Yes, that one.", "override": "she asks now"}
    )
    assert Attempt.objects.get().held_until is None
    assert Entry.objects.filter(verb="safe_contact.overridden").exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"to_1": ""}, "days_1"),
        ({"days_1": []}, "days_1"),
        ({"to_1": "20:05"}, "to_1"),
        ({"duress_word": "Jasmine"}, "duress_word"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"channels": ["telex"]}, "channels"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_its_reason(nafula, wanjiku, change, field):
    answer = at_desk(wanjiku).post(page_of(nafula), EVENINGS | change)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert "a cousin" in answer.content.decode()
    assert agreed_with(nafula.person_id).agreed_at is None


def test_another_team_finds_nothing_there(nafula, kamau):
    assert at_desk(kamau).get(page_of(nafula)).status_code == 404
    assert at_desk(kamau).post(page_of(nafula), EVENINGS).status_code == 404


def test_looking_is_written_down_and_no_word_of_it_is_stored_in_plain(nafula, wanjiku):
    desk = at_desk(wanjiku)
    desk.post(page_of(nafula), EVENINGS)
    desk.get(page_of(nafula))
    assert Entry.objects.filter(verb="person.safe_contact_seen").count() == 1
    assert not any(b"mango" in bytes(entry.body) for entry in Entry.objects.all())


def test_an_alarm_is_settled_by_who_says_what_was_done(nafula, wanjiku, kamau):
    row = alarm(hear(nafula, "mango"))
    desk, other = at_desk(wanjiku), at_desk(kamau)
    address = f"/alarms/{row.pk}/settle/"
    assert other.post(address, {"how": "x"}).status_code == 404
    desk.post(address, {"how": ""})
    assert Alarm.objects.get().settled_at is None
    desk.post(address, {"how": "Her sister met her."})
    desk.post(address, {"how": "a second click"})
    settled = Alarm.objects.get()
    assert (settled.settled_how, settled.settled_by) == ("Her sister met her.", wanjiku)

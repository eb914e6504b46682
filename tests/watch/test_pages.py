"""What the pages of the watch say, who may write there, and who finds nothing."""

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cases import actions as cases
from nyumbani.cases.terms import Urgency
from nyumbani.kit import clock
from nyumbani.watch.actions import people as verbs
from nyumbani.watch.models.limits import Limit, Pause, Sign
from nyumbani.watch.models.silences import Silence
from tests.desk.world import MONDAY, at_desk, case_with, hear, lets_in, somebody
from tests.people_here import actor
from tests.watch.night import EVENING, HOUR, awake, look_at, on_nights, open_silences

pytestmark = pytest.mark.django_db
NOW = MONDAY + 13 * HOUR  # 21:03 in Nairobi
SAFE = {
    "zone": "Africa/Tripoli", "days_1": ["0", "1", "2", "3", "4", "5", "6"], "from_1": "20:00",
    "to_1": "22:00",
}  # fmt: skip


@pytest.fixture(autouse=True)
def evening():
    with clock.at(NOW):
        yield


@pytest.fixture
def nafula(wanjiku):
    """Wrote on Monday morning, in danger; now it is evening and the watch has looked."""
    with clock.at(MONDAY):
        thread = somebody("Nafula")
        hear(thread, "Habari", at=MONDAY)
        thread.case = case_with(wanjiku, thread, urgency=Urgency.NOW)
    awake(NOW)
    look_at(NOW)
    assert open_silences()
    return thread


def page_of(thread, verb="") -> str:
    return f"/watch/people/{thread.person_id}/{verb}"


def read(staff, address) -> str:
    answer = at_desk(staff).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_her_team_sees_it_on_today_on_the_watch_and_above_her_conversation(nafula, wanjiku):
    today = read(wanjiku, "/")
    assert "not heard from" in today
    assert "Read her safe hours before you call." in today
    watch = read(wanjiku, "/watch/")
    assert "Nafula" in watch
    assert "12 h" in watch
    thread = read(wanjiku, f"/inbox/{nafula.person_id}/")
    assert "Not heard from" in thread
    assert "Last sign of life" in thread


def test_the_page_says_her_safe_hours_before_somebody_calls(nafula, wanjiku):
    desk = at_desk(wanjiku)
    assert desk.post(f"/inbox/{nafula.person_id}/safe-contact/", SAFE).status_code == 302
    page = desk.get(page_of(nafula)).content.decode()
    assert "20:00–22:00" in page
    assert "Her clock now" in page
    assert page.index("20:00–22:00") < page.index("Note a sign of life")


def test_another_team_finds_nothing_anywhere(nafula, kamau):
    desk = at_desk(kamau)
    for address in ("/", "/watch/"):
        page = desk.get(address).content.decode()
        assert "Nafula" not in page
        assert "NYB-1" not in page
        assert nafula.person_id not in page
    assert desk.get(page_of(nafula)).status_code == 404
    for verb in ("limit/", "pause/", "sign/", "settle/"):
        assert desk.post(page_of(nafula, verb), {"end": "1"}).status_code == 404
    assert open_silences()


def test_who_runs_the_machine_sees_who_is_on_duty_and_nobody_in_distress(nafula, mutiso):
    page = read(mutiso, "/watch/")
    assert "On duty now" in page
    assert "Nafula" not in page
    assert "Not heard from" not in page


def test_a_limit_is_agreed_with_its_reason_and_by_whom(nafula, wanjiku):
    answer = at_desk(wanjiku).post(
        page_of(nafula, "limit/"), {"hours": "6", "waits": "on", "why": "She writes at noon"}
    )
    assert answer.status_code == 302
    row = Limit.objects.get(until=None)
    assert (row.hours, row.waits, row.why, row.agreed_by) == (
        6,
        True,
        "She writes at noon",
        wanjiku,
    )
    page = read(wanjiku, page_of(nafula))
    assert "She writes at noon" in page
    assert "6 h" in page


@pytest.mark.parametrize(
    ("verb", "data", "field"),
    [
        ("limit", {"hours": "0", "why": "x"}, "hours"),
        ("limit", {"hours": "9999", "why": "x"}, "hours"),
        ("limit", {"hours": "5", "why": ""}, "why"),
        ("pause", {"until": "2014-07-14T10:00", "why": "x"}, "until"),
        ("pause", {"until": "2015-07-14T10:00", "why": "x"}, "until"),
        ("pause", {"until": "2014-07-18T10:00", "why": ""}, "why"),
        ("sign", {"kind": "dreamt"}, "kind"),
        ("sign", {"kind": "called", "at": "2014-07-15T10:00"}, "at"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_its_reason(nafula, wanjiku, verb, data, field):
    answer = at_desk(wanjiku).post(page_of(nafula, f"{verb}/"), data)
    assert answer.status_code == 200
    assert field in answer.context["filled"].errors
    assert not any(table.objects.exists() for table in (Limit, Pause, Sign))


def test_her_silence_is_expected_until_friday(nafula, wanjiku):
    desk = at_desk(wanjiku)
    desk.post(page_of(nafula, "pause/"), {"until": "2014-07-18T10:00", "why": "on the bus"})
    page = desk.get("/watch/").content.decode()
    assert "Expected to be silent" in page
    assert "on the bus" in page
    desk.post(page_of(nafula, "pause/"), {"end": "1"})
    assert "on the bus" not in desk.get("/watch/").content.decode()
    assert Pause.objects.get().ended_by == wanjiku


def test_a_call_is_noted_and_the_alarm_rests(nafula, wanjiku):
    at_desk(wanjiku).post(
        page_of(nafula, "sign/"), {"kind": "called", "at": "", "note": "She is well"}
    )
    assert open_silences() == []
    assert "She is well" in read(wanjiku, page_of(nafula))
    assert "she was heard again" in read(wanjiku, "/watch/")


def test_staff_settle_it_with_what_they_found_out_and_a_second_click_changes_nothing(
    nafula, wanjiku
):
    desk = at_desk(wanjiku)
    assert desk.post(page_of(nafula, "settle/"), {"how": ""}).status_code == 200
    assert open_silences()
    desk.post(page_of(nafula, "settle/"), {"how": "In hospital, her sister is there"})
    desk.post(page_of(nafula, "settle/"), {"how": "another"})
    row = Silence.objects.get()
    assert (row.settled_how, row.settled_by) == ("In hospital, her sister is there", wanjiku)
    assert "In hospital" in desk.get("/watch/").content.decode()


def test_looking_is_written_down(nafula, wanjiku):
    read(wanjiku, page_of(nafula))
    entry = Entry.objects.filter(verb="watch.seen").get()
    assert entry.about == f"person:{nafula.person_id}"


def test_broken_glass_lets_one_look_and_write_nothing(nafula, kamau):
    cases.break_glass(case=nafula.case, reason="night", by=actor(kamau))
    desk = at_desk(kamau)
    page = desk.get(page_of(nafula)).content.decode()
    assert "Agree on a limit" not in page
    assert "Note a sign of life" not in page
    for verb in ("limit/", "pause/", "settle/"):
        assert desk.post(page_of(nafula, verb), {"end": "1", "how": "x"}).status_code == 403
    assert desk.post(page_of(nafula, "sign/"), {"kind": "called"}).status_code == 404
    assert open_silences()


def test_who_is_on_duty_and_broke_the_glass_may_say_that_they_talked_with_her(
    nafula, kamau, otieno
):
    on_nights(kamau, otieno)
    assert at_desk(kamau).post(page_of(nafula, "sign/"), {"kind": "called"}).status_code == 404
    cases.break_glass(case=nafula.case, reason="alarm at night", by=actor(kamau))
    desk = at_desk(kamau)
    assert "Note a sign of life" in desk.get(page_of(nafula)).content.decode()
    assert (
        desk.post(page_of(nafula, "sign/"), {"kind": "called", "note": "well"}).status_code == 302
    )
    assert open_silences() == []
    assert Sign.objects.get().noted_by == kamau


def test_the_watch_that_does_not_look_says_so_in_red(nafula, wanjiku):
    assert "The watch does not look." not in read(wanjiku, "/")
    with clock.at(NOW + HOUR):
        for address in ("/", "/watch/"):
            assert "The watch does not look." in read(wanjiku, address)


def test_the_watch_says_how_long_it_slept(nafula, wanjiku):
    look_at(NOW + 48 * HOUR)
    with clock.at(NOW + 48 * HOUR):
        page = read(wanjiku, "/watch/")
    assert "The watch slept from" in page


def test_a_colleague_let_in_later_sees_it_and_one_taken_off_no_more(nafula, wanjiku, kamau):
    lets_in(nafula.case, wanjiku, kamau)
    assert "Nafula" in read(kamau, "/watch/")
    cases.take_off(case=nafula.case, staff=kamau, by=actor(wanjiku))
    assert "Nafula" not in read(kamau, "/watch/")


def test_titles_and_addresses_hold_no_name(nafula, wanjiku):
    page = read(wanjiku, page_of(nafula))
    assert "Nafula" not in page[page.index("<title>") : page.index("</title>")]
    assert EVENING < NOW


def test_an_unused_limit_ends_and_the_page_says_what_holds(nafula, wanjiku):
    verbs.agree_on_limit(person=nafula.person, hours=6, waits=False, why="x", by=actor(wanjiku))
    at_desk(wanjiku).post(page_of(nafula, "limit/"), {"end": "1"})
    assert "by the urgency of her case" in read(wanjiku, page_of(nafula))

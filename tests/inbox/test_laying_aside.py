"""A conversation is laid aside until a time; it is never lost and danger is never hidden."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cases.terms import Urgency
from nyumbani.domain.safe_contact import Rule, SafeTime
from nyumbani.inbox.actions import attention, work
from nyumbani.inbox.models.attention import Snooze
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.agreed import Agreed
from tests.desk.world import MINUTE, MONDAY, alarm, answer, at_desk, case_with, hear, somebody
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def rehema(wanjiku):
    thread = somebody("Rehema")
    hear(thread, "Can you help?", at=MONDAY - 9 * MINUTE)
    work.assign(thread=thread, to=wanjiku, by=actor(wanjiku))
    return thread


def aside(desk, thread, **given):
    return desk.post(f"/inbox/{thread.person_id}/aside/", {"when": "hour"} | given, follow=True)


def listed(staff, show):
    rows = at_desk(staff).get(f"/inbox/?show={show}").context["list"].page.items
    return [row.called.name for row in rows]


def test_it_leaves_waiting_and_mine_and_today_but_never_all(wanjiku, rehema):
    aside(at_desk(wanjiku), rehema)
    assert listed(wanjiku, "waiting") == listed(wanjiku, "mine") == []
    assert listed(wanjiku, "all") == ["Rehema"]
    page = at_desk(wanjiku).get("/inbox/").content.decode()
    assert "laid aside until" in page
    counts = dict(at_desk(wanjiku).get("/inbox/").context["list"].chips)
    assert [counts[one].count for one in ("waiting", "mine", "all")] == [0, 0, 1]
    assert at_desk(wanjiku).get("/").context["today"].waiting == []


def test_its_page_says_by_whom_and_until_when_and_offers_to_undo(wanjiku, otieno, rehema):
    aside(at_desk(wanjiku), rehema)
    page = at_desk(otieno).get(f"/inbox/{rehema.person_id}/").content.decode()
    assert "Laid aside until" in page
    assert "09:03" in page
    assert "Not laid aside" in page
    at_desk(otieno).post(f"/inbox/{rehema.person_id}/back/")
    assert listed(wanjiku, "waiting") == ["Rehema"]
    assert Snooze.objects.get().ended_by == otieno
    assert Entry.objects.filter(verb="thread.taken_back").count() == 1


def test_when_she_writes_it_is_back_at_once(wanjiku, rehema):
    aside(at_desk(wanjiku), rehema)
    with clock.at(MONDAY + MINUTE):
        hear(rehema, "He is back")
        assert listed(wanjiku, "waiting") == ["Rehema"]


def test_what_was_sent_before_and_comes_late_wakes_it_too(wanjiku, rehema):
    aside(at_desk(wanjiku), rehema)
    with clock.at(MONDAY + MINUTE):
        hear(rehema, "He is back", at=MONDAY - 5 * MINUTE, received=MONDAY + MINUTE)
        assert listed(wanjiku, "waiting") == ["Rehema"]


def test_a_duress_word_is_never_laid_aside(wanjiku, rehema):
    aside(at_desk(wanjiku), rehema)
    alarm(hear(rehema, "mango", at=MONDAY - MINUTE))
    assert listed(wanjiku, "waiting") == ["Rehema"]
    assert listed(wanjiku, "danger") == ["Rehema"]


def test_danger_is_never_laid_aside_not_even_by_another_teams_case(wanjiku, kamau, rehema):
    aside(at_desk(wanjiku), rehema)
    case_with(wanjiku, rehema)
    assert listed(wanjiku, "waiting") == []
    case_with(kamau, rehema, urgency=Urgency.NOW)
    assert listed(wanjiku, "waiting") == ["Rehema"]


def test_when_its_time_has_come_it_stands_on_top_until_it_is_answered(wanjiku, rehema):
    desk = at_desk(wanjiku)
    aside(desk, rehema)
    later = somebody("Zawadi")
    hear(later, "Habari")
    with clock.at(MONDAY + HOUR):
        assert listed(wanjiku, "waiting") == ["Rehema", "Zawadi"]
        page = at_desk(wanjiku).get("/inbox/?show=waiting").content.decode()
        assert "back: it was laid aside until" in page
    with clock.at(MONDAY + HOUR + MINUTE):
        answer(rehema, "Are you safe?", wanjiku)
        assert listed(wanjiku, "mine") == ["Rehema"]
        assert "laid aside" not in at_desk(wanjiku).get("/inbox/?show=mine").content.decode()


def test_on_top_it_stands_once_over_all_pages(wanjiku, rehema):
    aside(at_desk(wanjiku), rehema)
    for n in range(55):
        hear(somebody(f"Woman {n}"), "Help", at=MONDAY - n * MINUTE)
    with clock.at(MONDAY + HOUR):
        desk = at_desk(wanjiku)
        first = desk.get("/inbox/?show=waiting").context["list"].page
        names = [row.called.name for row in first.items]
        assert names[0] == "Rehema"
        assert len(names) == 50
        rest = desk.get(f"/inbox/?show=waiting&cursor={first.older}").context["list"].page
        names += [row.called.name for row in rest.items]
        assert len(names) == len(set(names)) == 56


def test_a_page_learns_by_its_poll_that_the_time_has_come(wanjiku, rehema):
    desk = at_desk(wanjiku)
    aside(desk, rehema)
    stamp = desk.get("/inbox/?show=waiting").context["list"].stamp
    with clock.at(MONDAY + HOUR):
        news = at_desk(wanjiku).get(f"/inbox/news/?show=waiting&since={stamp}")
        assert "Rehema" in news.content.decode()


@pytest.mark.parametrize(
    ("given", "until"),
    [
        ({"when": "hour"}, MONDAY + HOUR),
        ({"when": "three"}, MONDAY + 3 * HOUR),
        ({"when": "tomorrow"}, dt.datetime(2014, 7, 15, 5, tzinfo=dt.UTC)),
        ({"when": "at", "at": "2014-07-16T09:30"}, dt.datetime(2014, 7, 16, 6, 30, tzinfo=dt.UTC)),
    ],
)
def test_it_comes_back_when_one_says(wanjiku, rehema, given, until):
    aside(at_desk(wanjiku), rehema, **given)
    assert Snooze.objects.get().until == until


def test_her_next_safe_time_is_offered_where_she_has_one(wanjiku, rehema):
    assert (
        "at her next safe time"
        not in at_desk(wanjiku).get(f"/inbox/{rehema.person_id}/").content.decode()
    )
    evenings = SafeTime(frozenset(range(7)), dt.time(20), dt.time(22))
    agreed = Agreed(Rule(ZoneInfo("Africa/Tripoli"), (evenings,)))
    people.agree_on_contact(person=rehema.person, agreed=agreed, by=actor(wanjiku))
    aside(at_desk(wanjiku), rehema, when="safe")
    assert Snooze.objects.get().until == dt.datetime(2014, 7, 14, 18, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "given",
    [
        {"when": "at", "at": ""}, {"when": "at", "at": "2014-07-14T08:00"},
        {"when": "at", "at": "2014-09-01T08:00"}, {"when": "safe"}, {"when": "never"},
    ],
)  # fmt: skip
def test_a_time_that_is_past_or_too_far_or_none_lays_nothing_aside(wanjiku, rehema, given):
    page = aside(at_desk(wanjiku), rehema, **given).content.decode()
    assert "Give a time within the coming month." in page
    assert not Snooze.objects.exists()


def test_laid_aside_anew_the_later_word_holds(wanjiku, rehema):
    aside(at_desk(wanjiku), rehema)
    aside(at_desk(wanjiku), rehema, when="three")
    assert Snooze.objects.get(ended_at=None).until == MONDAY + 3 * HOUR
    assert Snooze.objects.count() == 2


def test_the_verb_itself_refuses_a_time_that_is_past(wanjiku, rehema):
    with pytest.raises(ValueError, match="within a month"):
        attention.lay_aside(thread=rehema, until=MONDAY, by=actor(wanjiku))


def test_another_team_lays_nothing_aside_and_takes_nothing_back(wanjiku, kamau, rehema):
    case_with(wanjiku, rehema)
    aside(at_desk(wanjiku), rehema)
    desk = at_desk(kamau)
    assert desk.post(f"/inbox/{rehema.person_id}/aside/", {"when": "hour"}).status_code == 404
    assert desk.post(f"/inbox/{rehema.person_id}/back/").status_code == 404
    assert Snooze.objects.get().ended_at is None

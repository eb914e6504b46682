"""The page of one case: a shell, and in it what each room knows."""

import datetime as dt
import gzip

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cases import actions
from nyumbani.cases.terms import CaseRole, Matter, Part, Stage, Urgency
from nyumbani.inbox.actions import work
from nyumbani.kit import clock, tabs
from tests.desk.world import MINUTE, MONDAY, answer, at_desk, case_with, hear, lets_in, somebody
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TABS = [
    "overview", "group", "people", "tasks", "facts", "notes", "messages", "chats", "to-many",
    "sheets", "history",
]  # fmt: skip


@pytest.fixture
def rehema(db):
    thread = somebody("Rehema")
    hear(thread, "My friend is beaten", at=MONDAY - MINUTE)
    return thread


@pytest.fixture
def case(wanjiku, rehema):
    case = case_with(wanjiku, urgency=Urgency.NOW)
    actions.join(case=case, person=rehema.person, part=Part.REPORTER, by=actor(wanjiku))
    return case


def page_of(staff, case, tab=""):
    return at_desk(staff).get(f"/cases/{case.pk}/{tab}").content.decode()


def test_the_rooms_have_hung_their_tabs(db):
    assert [tab.name for tab in tabs.tabs()] == TABS


@pytest.mark.parametrize("tab", ["", *(f"{name}/" for name in TABS)])
def test_each_tab_is_a_page_for_the_team_and_for_nobody_else(case, wanjiku, kamau, mutiso, tab):
    page = page_of(wanjiku, case, tab)
    assert 'aria-current="page"' in page
    for stranger in (kamau, mutiso):
        assert at_desk(stranger).get(f"/cases/{case.pk}/{tab}").status_code == 404


def test_nobody_sees_it_before_signing_in(client, case):
    assert client.get(f"/cases/{case.pk}/")["Location"].startswith("/sign-in/")


def test_a_tab_there_is_not_does_not_exist(case, wanjiku):
    assert at_desk(wanjiku).get(f"/cases/{case.pk}/secrets/").status_code == 404


def test_the_shell_tells_urgency_reason_and_stage(case, wanjiku):
    actions.move_stage(case=case, stage=Stage.PREPARING, by=actor(wanjiku))
    page = " ".join(page_of(wanjiku, case).split())
    assert "danger now" in page
    assert "She says so herself" in page
    assert page.count('<li class="done"') == 2
    assert '<li class="now" aria-current="step">Preparing</li>' in page


def test_the_growth_counts_people_in_distress_and_who_told_of_them(case, wanjiku, rehema):
    by = actor(wanjiku)
    with clock.at(MONDAY + dt.timedelta(days=1)):
        actions.introduce(case=case, part=Part.IN_DISTRESS, told_by=rehema.person, by=by)
    with clock.at(MONDAY + dt.timedelta(days=2)):
        for _ in range(15):
            actions.introduce(case=case, part=Part.IN_DISTRESS, by=by)
        page = page_of(wanjiku, case)
    assert "Jul: 1;" in page
    assert "Jul: 16" in page
    assert "1 person joined, somebody told us of her" in page
    assert "15 people joined, a colleague met her" in page


def test_the_title_names_the_case_by_number_alone(case, wanjiku):
    title = page_of(wanjiku, case).partition("<title>")[2].partition("</title>")[0]
    assert "NYB-1" in title
    assert "Tripoli" not in title
    assert "Rehema" not in title


def test_a_fact_leads_to_the_message_it_was_said_in(case, wanjiku, rehema):
    message = hear(rehema, "He took her passport")
    work.write_down_fact(
        message=message, case=case, matter=Matter.PASSPORT_WITHHELD, text="He took it",
        about=rehema.person, by=actor(wanjiku),
    )  # fmt: skip
    page = page_of(wanjiku, case, "facts/")
    assert "alleged" in page
    assert f'href="/inbox/{rehema.person_id}/?at={message.pk}#m-{message.pk}"' in page


def test_the_messages_of_all_its_people_stand_together(case, wanjiku, rehema):
    zawadi = somebody("Zawadi")
    hear(zawadi, "Sijalipwa miezi saba")
    outside = somebody("Nafula")
    hear(outside, "of another matter")
    actions.join(case=case, person=zawadi.person, part=Part.IN_DISTRESS, by=actor(wanjiku))
    answer(rehema, "Is it safe?", wanjiku)
    page = page_of(wanjiku, case, "messages/")
    for words in ("My friend is beaten", "Sijalipwa miezi saba", "Is it safe?", "Zawadi"):
        assert words in page
    assert "of another matter" not in page


def test_the_history_tells_what_was_done_and_why_a_glass_was_broken(case, wanjiku, kamau):
    actions.judge_urgency(case=case, urgency=Urgency.SOON, why="calmer", by=actor(wanjiku))
    actions.break_glass(case=case, reason="Nobody answers the telephone", by=actor(kamau))
    page = page_of(wanjiku, case, "history/")
    for words in ("opened the case", "judged how urgent it is: within a day", "Wanjiku", "Kamau"):
        assert words in page
    assert "Nobody answers the telephone" in page
    assert "calmer" not in page.partition("What happened")[2]


def test_many_looks_do_not_bury_what_was_done(case, wanjiku):
    desk = at_desk(wanjiku)
    for _ in range(120):
        desk.get(f"/cases/{case.pk}/tasks/")
    assert "opened the case" in page_of(wanjiku, case, "history/")


def test_who_looked_is_for_the_lead(case, wanjiku, kamau):
    lets_in(case, wanjiku, kamau)
    page_of(kamau, case)
    page_of(wanjiku, case)
    assert "Kamau" in page_of(wanjiku, case, "history/?looks=yes").partition("Who looked")[2]
    seen_by_kamau = page_of(kamau, case, "history/?looks=yes").partition('id="history"')[2]
    assert "Wanjiku" not in seen_by_kamau
    assert "Kamau" in seen_by_kamau


def test_each_view_is_written_down_with_its_tab(case, wanjiku):
    page_of(wanjiku, case, "notes/")
    line = Entry.objects.get(verb="case.seen", about=f"case:{case.pk}")
    assert line.by == f"staff:{wanjiku.pk}"
    assert b'"tab":"notes"' in bytes(line.body)


def test_the_lead_decides_who_is_in_the_team(case, wanjiku, kamau):
    lets_in(case, wanjiku, kamau)
    assert "Let a colleague work on it" in page_of(wanjiku, case)
    assert "Let a colleague work on it" not in page_of(kamau, case)


def test_as_many_queries_with_thirty_people_as_with_two(
    case, wanjiku, rehema, django_assert_max_num_queries
):
    desk, by = at_desk(wanjiku), actor(wanjiku)
    addresses = [f"/cases/{case.pk}/{name}/" for name in TABS]
    actions.introduce(case=case, part=Part.IN_DISTRESS, told_by=rehema.person, by=by)
    work.write_down_fact(
        message=hear(rehema, "x"), case=case, matter=Matter.OTHER, text="x", by=by,
        about=rehema.person,
    )  # fmt: skip
    for address in addresses:
        desk.get(address)
    few = {}
    for address in addresses:
        with django_assert_max_num_queries(45) as counted:
            desk.get(address)
        few[address] = len(counted)
    for n in range(28):
        actions.introduce(
            case=case, part=Part.IN_DISTRESS, called=f"W{n}", told_by=rehema.person, by=by
        )
        actions.set_task(case=case, title="x", assignee=wanjiku, by=by)
        actions.write_note(case=case, text="x", by=by)
        work.write_down_fact(
            message=hear(rehema, "x"), case=case, matter=Matter.OTHER, text="x", by=by,
            about=rehema.person,
        )  # fmt: skip
    for address in addresses:
        with django_assert_max_num_queries(few[address]):
            desk.get(address)


def test_a_full_case_stays_within_the_weight(case, wanjiku, rehema):
    by = actor(wanjiku)
    for n in range(31):
        actions.introduce(case=case, part=Part.IN_DISTRESS, called=f"Woman {n}", by=by)
        actions.set_task(case=case, title=f"Find out where woman {n} is", by=by)
    desk = at_desk(wanjiku)
    for name in TABS:
        answered = desk.get(f"/cases/{case.pk}/{name}/")
        assert len(gzip.compress(answered.content)) < 20_000


def test_it_turns_to_the_right_in_arabic(case, wanjiku):
    answered = at_desk(wanjiku).get(f"/cases/{case.pk}/", headers={"Accept-Language": "ar"})
    assert 'dir="rtl"' in answered.content.decode()


def test_a_broken_glass_shows_the_case_but_not_the_teams_list_of_verbs(case, wanjiku, kamau):
    actions.break_glass(case=case, reason="Nobody answers the telephone", by=actor(kamau))
    page = page_of(kamau, case)
    assert "Let a colleague work on it" not in page
    answered = at_desk(kamau).post(
        f"/cases/{case.pk}/team/assign/", {"staff": kamau.pk, "role": CaseRole.LEAD}
    )
    assert answered.status_code == 403

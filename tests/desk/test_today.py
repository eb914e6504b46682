"""Today: what must be done now, by me, and what others are awaited for."""

import pytest
from django.urls import reverse

from nyumbani.audit.models import Entry
from nyumbani.cases import actions as cases
from nyumbani.cases.terms import Urgency
from nyumbani.domain.delivery import State
from nyumbani.inbox.actions import doors
from nyumbani.kit import clock
from tests.desk.world import (
    INTAKE,
    MINUTE,
    MONDAY,
    answer,
    at_desk,
    case_with,
    hear,
    lets_in,
    odd_item,
    somebody,
    whatsapp,
)
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_nobody_sees_it_before_signing_in(client):
    answered = client.get("/")
    assert answered.status_code == 302
    assert answered["Location"].startswith("/sign-in/")


def test_a_calm_day_says_so_everywhere(wanjiku):
    page = at_desk(wanjiku).get("/").content.decode()
    for words in (
        "No case of yours is marked as danger now.",
        "Nobody you may answer waits.",
        "You have no open task.",
        "Nothing in your cases waits for somebody else.",
    ):
        assert words in page


def test_who_waits_longest_stands_first(wanjiku):
    late, early = somebody("Achieng"), somebody("Rehema")
    hear(late, "Help", at=MONDAY - 10 * MINUTE)
    hear(early, "Hallo", at=MONDAY - 40 * MINUTE)
    page = at_desk(wanjiku).get("/").content.decode()
    assert page.index("Rehema") < page.index("Achieng")
    assert "waits 40 minutes" in page


def test_danger_stands_first_with_its_reason(wanjiku):
    case = case_with(wanjiku, somebody("Achieng"), urgency=Urgency.NOW)
    page = at_desk(wanjiku).get("/").content.decode()
    assert f"/cases/{case.pk}/" in page
    assert "She says so herself" in page


def test_another_team_sees_neither_case_nor_people(wanjiku, kamau):
    thread = somebody("Achieng")
    hear(thread, "They took my passport")
    case = case_with(wanjiku, thread, urgency=Urgency.NOW)
    page = at_desk(kamau).get("/").content.decode()
    assert "Achieng" not in page
    assert case.pk not in page


def test_whoever_runs_the_machine_sees_no_case(wanjiku, mutiso):
    thread = somebody("Achieng")
    hear(thread, "They took my passport")
    case_with(wanjiku, thread, urgency=Urgency.NOW)
    page = at_desk(mutiso).get("/")
    assert page.status_code == 200
    assert "Achieng" not in page.content.decode()
    assert "Nothing is asked of you today." in page.content.decode()


@pytest.mark.parametrize("state", [State.FAILED, State.UNKNOWN])
def test_a_sending_in_doubt_is_shown_until_somebody_writes_again(wanjiku, state):
    thread = somebody("Rehema")
    hear(thread, "Hallo")
    with clock.at(MONDAY + MINUTE):
        attempt = answer(thread, "Are you safe?", wanjiku, state=state, why="no such number")
        page = at_desk(wanjiku).get("/").content.decode()
        assert "Not sent, or not known" in page
        assert f"?at={attempt.message_id}" in page
    with clock.at(MONDAY + 2 * MINUTE):
        answer(thread, "Are you safe? Once more.", wanjiku)
        assert "Not sent, or not known" not in at_desk(wanjiku).get("/").content.decode()


def test_more_sendings_in_doubt_than_fit_are_counted_and_lead_to_them_all(wanjiku, kamau):
    for n in range(10):
        thread = somebody(f"Woman {n}")
        hear(thread, "Help", at=MONDAY - MINUTE)
        answer(thread, "Are you safe?", wanjiku, state=State.FAILED, why="no such number")
    desk = at_desk(wanjiku)
    page = desk.get("/")
    assert len(page.context["today"].doubts) == 8
    assert 'href="/inbox/not-sent/">All not sent <bdi class="num">10</bdi>' in " ".join(
        page.content.decode().split()
    )
    everything = desk.get("/inbox/not-sent/").content.decode()
    assert all(f"Woman {n}" in everything for n in range(10))
    case_with(wanjiku, thread)
    assert "Woman 9" not in at_desk(kamau).get("/inbox/not-sent/").content.decode()


def test_nothing_in_doubt_says_so_and_whoever_runs_the_machine_sees_no_list(wanjiku, mutiso):
    assert "Everything was sent." in at_desk(wanjiku).get("/inbox/not-sent/").content.decode()
    assert at_desk(mutiso).get("/inbox/not-sent/").status_code == 404


def test_today_is_written_down_once_in_five_minutes_with_how_many_it_showed(wanjiku, mutiso):
    for name in ("Achieng", "Rehema"):
        hear(somebody(name), "Help", at=MONDAY - MINUTE)
    desk = at_desk(wanjiku)
    lines = Entry.objects.filter(verb="today.seen")
    for minute in (0, 4, 5):
        with clock.at(MONDAY + minute * MINUTE):
            desk.get("/")
    assert [line.by for line in lines] == [f"staff:{wanjiku.pk}"] * 2
    assert b'"people":2' in bytes(lines[0].body)
    at_desk(mutiso).get("/")
    assert lines.count() == 2


def test_a_broken_glass_is_told_until_it_is_acknowledged(wanjiku, kamau, amina):
    case = case_with(wanjiku, somebody("Achieng"))
    reason = "She calls and nobody of the team answers"
    cases.break_glass(case=case, reason=reason, by=actor(kamau))
    desk = at_desk(wanjiku)
    page = desk.get("/")
    assert reason in page.content.decode()
    [notice] = page.context["today"].notices
    for _ in range(2):  # who clicks twice is not told of a page that is not there
        assert desk.post(f"/notices/{notice.pk}/read/")["Location"] == "/"
    assert Entry.objects.filter(verb="notice.read").count() == 1
    assert reason not in desk.get("/").content.decode()
    # The director has a notice of her own.
    assert reason in at_desk(amina).get("/").content.decode()


def test_nobody_acknowledges_for_another(wanjiku, kamau, amina):
    case = case_with(wanjiku, somebody("Achieng"))
    cases.break_glass(case=case, reason="Nobody answers the telephone", by=actor(kamau))
    [notice] = at_desk(wanjiku).get("/").context["today"].notices
    assert at_desk(kamau).post(f"/notices/{notice.pk}/read/").status_code == 404


def test_a_stopped_channel_and_what_was_not_understood_lead_somewhere(wanjiku):
    doors.stop(account=whatsapp(), why="token expired", by=INTAKE)
    odd_item()
    page = at_desk(wanjiku).get("/").content.decode()
    assert "nothing can be sent." in page
    assert "1 item was not understood" in page
    assert 'href="/inbox/odd/"' in page


def test_a_task_is_ticked_on_the_page_itself(wanjiku):
    case = case_with(wanjiku, somebody("Achieng"))
    task = cases.set_task(
        case=case, title="Ask when it is safe to write", due_at=MONDAY - MINUTE,
        assignee=wanjiku, by=actor(wanjiku),
    )  # fmt: skip
    desk = at_desk(wanjiku)
    page = desk.get("/").content.decode()
    assert "Ask when it is safe to write" in page
    assert "overdue" in page
    answered = desk.post(f"/cases/{case.pk}/tasks/{task.pk}/tick/", {"done": "yes", "today": "yes"})
    assert answered["Location"] == "/"
    page = desk.get("/").content.decode()
    assert "Undo: it is not done" in page  # said once, with a way back
    assert "Ask when it is safe to write" not in desk.get("/").content.decode()
    task.refresh_from_db()
    assert task.done_by == wanjiku


def test_what_colleagues_have_to_do_is_awaited(wanjiku, otieno):
    case = case_with(wanjiku, somebody("Achieng"))
    lets_in(case, wanjiku, otieno)
    cases.set_task(case=case, title="Call the consul", assignee=otieno, by=actor(wanjiku))
    assert [one.title for one in _others(wanjiku)] == ["Call the consul"]
    assert _others(otieno) == []


def test_every_figure_is_a_link_or_names_its_list(wanjiku):
    for n in range(12):
        hear(somebody(f"Woman {n}"), "Help", at=MONDAY - n * MINUTE)
    page = at_desk(wanjiku).get("/").content.decode()
    assert 'href="/inbox/?show=waiting"' in page


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("sw", "ltr"), ("ar", "rtl")])
def test_it_is_there_in_every_language_of_the_house(wanjiku, language, direction):
    hear(somebody("Rehema"), "Hallo")
    answered = at_desk(wanjiku).get("/", headers={"Accept-Language": language})
    page = " ".join(answered.content.decode().split())
    assert f'<html lang="{language}" dir="{direction}"' in page
    assert "Rehema" in page


def test_the_intake_plot_counts_days_in_the_readers_zone(wanjiku):
    # 22:30 UTC on Sunday is Monday in Nairobi.
    hear(somebody("Rehema"), "Hallo", at=MONDAY.replace(day=13, hour=22, minute=30))
    points = at_desk(wanjiku).get("/").context["today"].intake
    assert [(p.at.isoformat(), p.value) for p in points[-2:]] == [
        ("2014-07-13", 0),
        ("2014-07-14", 1),
    ]


def test_what_waits_for_a_director_stands_on_theirs_and_on_nobody_elses(wanjiku, mutiso, amina):
    form = {"display_name": "Mallory", "username": "mallory", "roles": ["caseworker"]}
    at_desk(mutiso).post("/staff/invite/", form)
    assert "Mallory" in at_desk(amina).get("/").content.decode()
    for other in (wanjiku, mutiso):
        assert "Mallory" not in at_desk(other).get("/").content.decode()


def _others(staff):
    return at_desk(staff).get("/").context["today"].others


def test_a_task_ticked_here_by_a_slip_is_opened_again_with_one_tap(wanjiku):
    case = case_with(wanjiku)
    task = cases.set_task(case=case, title="Call the embassy", assignee=wanjiku, by=actor(wanjiku))
    desk = at_desk(wanjiku)
    tick = reverse("cases:tick", args=[case.pk, task.pk])
    page = desk.post(tick, {"done": "yes", "today": "yes"}, follow=True).content.decode()
    assert "Undo: it is not done" in page
    assert "Call the embassy" in page
    assert "Undo: it is not done" not in desk.get("/").content.decode()
    page = desk.post(tick, {"done": "no", "today": "yes"}, follow=True).content.decode()
    assert "Open again." in page
    task.refresh_from_db()
    assert task.done_at is None

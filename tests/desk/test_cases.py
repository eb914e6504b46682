"""The list of cases, and the glass one may break."""

import datetime as dt

import pytest

from nyumbani.accounts.terms import Role
from nyumbani.audit.models import Entry
from nyumbani.cases import actions
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.team import BrokenGlass
from nyumbani.cases.terms import Stage, Urgency
from nyumbani.kit import clock, ids
from tests.desk.world import MONDAY, at_desk, case_with, lets_in, somebody
from tests.people_here import actor, new_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
REASON = "She calls and nobody of the team answers"


def listed(client, address="/cases/"):
    return [row.case.title for row in client.get(address).context["page"].items]


def test_nobody_sees_it_before_signing_in(client):
    assert client.get("/cases/")["Location"].startswith("/sign-in/")


def test_without_a_case_the_next_step_is_said(wanjiku):
    assert "You work on no case yet." in at_desk(wanjiku).get("/cases/").content.decode()


def test_a_line_tells_who_leads_how_many_and_what_comes_next(wanjiku):
    case = case_with(wanjiku, somebody("Achieng"), somebody("Zawadi"), urgency=Urgency.NOW)
    actions.set_task(case=case, title="Later", by=actor(wanjiku))
    actions.set_task(case=case, title="Call the consul", due_at=MONDAY, by=actor(wanjiku))
    [row] = at_desk(wanjiku).get("/cases/").context["page"].items
    assert (row.lead, row.people, row.next_task.title) == ("Wanjiku", 2, "Call the consul")


def test_only_ones_own_cases_are_listed(wanjiku, kamau, otieno, amina):
    case = case_with(wanjiku, title="Mine")
    case_with(kamau, title="His")
    assert listed(at_desk(wanjiku)) == ["Mine"]
    assert listed(at_desk(amina)) == []
    lets_in(case, wanjiku, otieno)
    assert listed(at_desk(otieno)) == ["Mine"]


def test_whoever_runs_the_machine_has_no_cases(mutiso):
    for address in ("/cases/", "/cases/open/", "/cases/break-glass/"):
        assert at_desk(mutiso).get(address).status_code == 404


def test_the_chips_lead_to_danger_to_what_one_leads_and_to_what_is_closed(wanjiku, kamau):
    case_with(wanjiku, title="calm")
    case_with(wanjiku, title="danger", urgency=Urgency.NOW)
    closed = case_with(wanjiku, title="closed", urgency=Urgency.NOW)
    actions.move_stage(case=closed, stage=Stage.CLOSED, by=actor(wanjiku))
    lets_in(case_with(kamau, title="his"), kamau, wanjiku)
    desk = at_desk(wanjiku)
    assert listed(desk) == ["his", "danger", "calm"]
    assert listed(desk, "/cases/?show=danger") == ["danger"]
    assert listed(desk, "/cases/?show=led") == ["danger", "calm"]
    assert listed(desk, "/cases/?show=closed") == ["closed"]
    counts = {show.value: count for show, count in desk.get("/cases/").context["chips"]}
    assert counts == {"open": 3, "danger": 1, "led": 2, "closed": 1}


def test_as_many_queries_for_fifty_as_for_two(wanjiku, django_assert_max_num_queries):
    desk = at_desk(wanjiku)
    for n in range(2):
        case_with(wanjiku, somebody(), title=f"case {n}")
    desk.get("/cases/")
    with django_assert_max_num_queries(25) as two:
        desk.get("/cases/")
    for n in range(2, 50):
        case = case_with(wanjiku, title=f"case {n}")
        actions.set_task(case=case, title="something", by=actor(wanjiku))
    with django_assert_max_num_queries(len(two)):
        desk.get("/cases/")


def test_a_list_is_written_down_once_in_five_minutes(wanjiku):
    case_with(wanjiku, somebody("Achieng"))
    desk = at_desk(wanjiku)
    lines = Entry.objects.filter(verb="list.seen", about="page:cases", by=f"staff:{wanjiku.pk}")
    for address in ("/cases/", "/cases/", "/cases/?show=danger"):
        desk.get(address)
    assert lines.count() == 2
    with clock.at(MONDAY + dt.timedelta(minutes=5)):
        desk.get("/cases/")
    assert lines.count() == 3
    assert b'"cases":1' in bytes(lines[0].body)


# opening one without a message


def test_a_case_is_opened_once_however_often_the_page_is_sent(wanjiku):
    desk = at_desk(wanjiku)
    form = {"title": "A call", "urgency": "planned", "urgency_why": "", "once": ids.new()}
    places = {desk.post("/cases/open/", form)["Location"] for _ in range(2)}
    assert places == {f"/cases/{Case.objects.get().pk}/"}
    assert Case.objects.get().number == 1
    assert case_with(wanjiku).number == 2


def test_the_id_of_anothers_case_opens_a_case_of_ones_own(wanjiku, kamau):
    case = case_with(wanjiku)
    form = {"title": "A call", "urgency": "planned", "urgency_why": "", "once": case.pk}
    answered = at_desk(kamau).post("/cases/open/", form)
    assert answered["Location"] != f"/cases/{case.pk}/"
    assert listed(at_desk(kamau)) == ["A call"]


def test_a_director_opens_no_case(amina):
    assert at_desk(amina).get("/cases/open/").status_code == 404


# breaking the glass


def test_the_answer_is_the_same_whether_or_not_there_is_such_a_case(wanjiku, kamau):
    case_with(wanjiku)
    desk = at_desk(kamau)
    answers = []
    for number in ("NYB-1", "NYB-99"):
        answered = desk.post("/cases/break-glass/", {"number": number, "reason": REASON})
        answers.append((answered.status_code, answered["Location"], answered.content))
        desk.get("/cases/")
    assert answers[0] == answers[1]


def test_the_glass_opens_the_case_for_four_hours_and_tells_others(wanjiku, kamau, amina):
    case = case_with(wanjiku, title="hers")
    desk = at_desk(kamau)
    assert desk.get(f"/cases/{case.pk}/").status_code == 404
    desk.post("/cases/break-glass/", {"number": "1", "reason": REASON})
    assert listed(desk) == ["hers"]
    assert desk.get(f"/cases/{case.pk}/").status_code == 200
    for told in (wanjiku, amina):
        assert REASON in at_desk(told).get("/").content.decode()
    with clock.at(MONDAY + dt.timedelta(hours=4)):
        assert desk.get(f"/cases/{case.pk}/").status_code == 404


def test_a_number_there_is_not_is_written_into_the_ledger(kamau):
    at_desk(kamau).post("/cases/break-glass/", {"number": "NYB-99", "reason": REASON})
    assert Entry.objects.get(verb="glass.missed").by == f"staff:{kamau.pk}"


def test_in_ones_own_case_there_is_no_glass_to_break(wanjiku):
    case_with(wanjiku)
    at_desk(wanjiku).post("/cases/break-glass/", {"number": "NYB-1", "reason": REASON})
    assert not BrokenGlass.objects.exists()


@pytest.mark.parametrize(
    "given", [{"number": "NYB-1", "reason": "short"}, {"number": "the one in Tripoli"}]
)
def test_without_reason_or_number_nothing_breaks_and_the_words_stay(wanjiku, kamau, given):
    case_with(wanjiku)
    page = at_desk(kamau).post("/cases/break-glass/", {"reason": REASON} | given).content.decode()
    assert 'class="errors"' in page
    assert given["number"] in page
    assert not BrokenGlass.objects.exists()


def test_some_roles_never_break_it(wanjiku):
    halima = new_staff("halima", "Halima", Role.AFTERCARE_WORKER)
    case_with(wanjiku)
    desk = at_desk(halima)
    assert "Break the glass" not in desk.get("/cases/").content.decode()
    answered = desk.post("/cases/break-glass/", {"number": "NYB-1", "reason": REASON})
    assert answered.status_code == 404
    assert not BrokenGlass.objects.exists()

"""The verbs of casework as pages send them: done once, kept on error, closed to strangers."""

import datetime as dt

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cases import actions
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.facts import Fact
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.notes import Note
from nyumbani.cases.models.tasks import Task
from nyumbani.cases.models.team import CaseMembership
from nyumbani.cases.terms import CaseRole, Matter, Part, Stage, Standing, Urgency
from nyumbani.kit import clock, ids
from nyumbani.people.models.persons import Person
from tests.desk.world import MONDAY, at_desk, case_with, lets_in, somebody
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def case(wanjiku):
    return case_with(wanjiku)


@pytest.fixture
def desk(wanjiku):
    return at_desk(wanjiku)


def url(case, verb):
    return f"/cases/{case.pk}/{verb}/"


def refused(answered):
    return answered.status_code == 200 and 'class="errors"' in answered.content.decode()


# who may


VERBS = [
    ("stage/move", {"stage": "home"}),
    ("urgency/judge", {"urgency": "planned"}),
    ("tasks/add", {"title": "x"}),
    ("notes/add", {"text": "x"}),
    ("facts/add", {"matter": "other", "text": "x"}),
    ("people/add", {"part": "witness"}),
    ("team/assign", {"staff": "x", "role": "team"}),
    ("team/take-off", {"staff": "x"}),
]


@pytest.mark.parametrize(("verb", "form"), VERBS)
def test_strangers_and_whoever_runs_the_machine_do_nothing(case, kamau, mutiso, verb, form):
    for stranger in (kamau, mutiso):
        assert at_desk(stranger).post(url(case, verb), form).status_code == 404
    case.refresh_from_db()
    assert case.stage == Stage.INTAKE
    assert not Note.objects.exists()
    assert not Task.objects.exists()
    assert not Member.objects.exists()


@pytest.mark.parametrize(("verb", "form"), VERBS)
def test_nobody_does_anything_before_signing_in(case, client, verb, form):
    assert client.post(url(case, verb), form)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("verb", ["stage/move", "team/assign", "team/take-off"])
def test_what_changes_something_is_not_done_by_a_link(case, desk, verb):
    assert desk.get(url(case, verb)).status_code == 405


# tasks


def test_a_task_has_a_date_in_the_readers_zone_and_a_colleague(case, desk, wanjiku):
    form = {"title": "Call the consul", "due_at": "2014-07-14T22:00", "assignee": wanjiku.pk}
    assert desk.post(url(case, "tasks/add"), form)["Location"] == url(case, "tasks")
    [task] = Task.objects.all()
    assert task.due_at == dt.datetime(2014, 7, 14, 19, tzinfo=dt.UTC)  # 22:00 in Nairobi
    assert (task.title, task.assignee) == ("Call the consul", wanjiku)


def test_a_task_may_have_neither_date_nor_colleague(case, desk):
    desk.post(url(case, "tasks/add"), {"title": "Call the consul"})
    [task] = Task.objects.all()
    assert (task.due_at, task.assignee) == (None, None)


def test_a_task_for_somebody_outside_the_team_comes_back_whole(case, desk, kamau):
    answered = desk.post(url(case, "tasks/add"), {"title": "Call", "assignee": kamau.pk})
    assert refused(answered)
    assert 'value="Call"' in answered.content.decode()
    assert not Task.objects.exists()


def test_a_tick_can_be_taken_back(case, desk, wanjiku):
    task = actions.set_task(case=case, title="Call", by=actor(wanjiku))
    address = url(case, f"tasks/{task.pk}/tick")
    assert desk.post(address, {"done": "yes"})["Location"] == url(case, "tasks")
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (MONDAY, wanjiku)
    desk.post(address, {"done": "no"})
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (None, None)


def test_a_task_of_another_case_is_not_ticked_through_this_one(case, desk, kamau):
    other = case_with(kamau)
    task = actions.set_task(case=other, title="Call", by=actor(kamau))
    answered = desk.post(url(case, f"tasks/{task.pk}/tick"), {"done": "yes"})
    assert answered.status_code == 404
    task.refresh_from_db()
    assert task.done_at is None


def test_a_second_tick_leaves_who_did_it_and_when(case, desk, wanjiku, otieno):
    lets_in(case, wanjiku, otieno)
    task = actions.set_task(case=case, title="Call", by=actor(wanjiku))
    address = url(case, f"tasks/{task.pk}/tick")
    desk.post(address, {"done": "yes"})
    with clock.at(MONDAY + HOUR):
        at_desk(otieno).post(address, {"done": "yes"})
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (MONDAY, wanjiku)
    assert Entry.objects.filter(verb="task.done").count() == 1


@pytest.mark.parametrize(
    ("verb", "form", "table"),
    [
        ("tasks/add", {"title": "Call"}, Task),
        ("notes/add", {"text": "She called"}, Note),
        ("facts/add", {"matter": "other", "text": "She called"}, Fact),
    ],
)
def test_a_page_sent_twice_writes_once_and_other_words_are_kept_too(case, desk, verb, form, table):
    form |= {"once": ids.new()}
    for _ in range(2):
        assert desk.post(url(case, verb), form).status_code == 302
    assert table.objects.count() == 1
    other = {key: "She called again" if key in {"title", "text"} else form[key] for key in form}
    desk.post(url(case, verb), other)
    assert table.objects.count() == 2


def test_the_mark_of_another_cases_note_is_no_mark_of_this_page(case, desk, kamau):
    his = actions.write_note(case=case_with(kamau), text="his", by=actor(kamau))
    desk.post(url(case, "notes/add"), {"text": "his", "once": his.pk})
    assert Note.objects.filter(case=case).count() == 1
    his.refresh_from_db()
    assert his.case_id != case.pk


@pytest.mark.parametrize(
    ("verb", "tab"),
    [("urgency/judge", "form"), ("facts/add", "form"), ("people/add", "form")],
)
def test_a_form_that_shows_something_of_the_case_is_a_look(case, desk, wanjiku, verb, tab):
    desk.get(url(case, verb))
    desk.post(url(case, verb), {"urgency": "now"})
    lines = Entry.objects.filter(verb="case.seen", about=f"case:{case.pk}")
    assert [line.by for line in lines] == [f"staff:{wanjiku.pk}"] * 2
    assert all(f'"tab":"{tab}"'.encode() in bytes(line.body) for line in lines)


# notes and facts


def test_a_note_too_long_comes_back_whole(case, desk):
    words = "x" * 10_001
    answered = desk.post(url(case, "notes/add"), {"text": words})
    assert refused(answered)
    assert words in answered.content.decode()
    assert desk.post(url(case, "notes/add"), {"text": "short"})["Location"] == url(case, "notes")
    assert [note.text for note in Note.objects.all()] == ["short"]


def test_a_fact_told_by_telephone_is_alleged_and_said_now(case, desk, wanjiku):
    her = actions.introduce(case=case, part=Part.IN_DISTRESS, by=actor(wanjiku)).person
    form = {"matter": "health", "text": "Her arm is broken", "about": her.pk}
    assert desk.post(url(case, "facts/add"), form)["Location"] == url(case, "facts")
    [fact] = Fact.objects.all()
    assert (fact.text, fact.about, fact.standing) == ("Her arm is broken", her, Standing.ALLEGED)
    assert (fact.said_at, fact.said_by) == (MONDAY, None)


def test_a_fact_about_somebody_outside_comes_back_whole(case, desk):
    stranger = somebody("Zawadi").person
    form = {"matter": "health", "text": "Her arm is broken", "about": stranger.pk}
    answered = desk.post(url(case, "facts/add"), form)
    assert refused(answered)
    assert "Her arm is broken</textarea>" in answered.content.decode()


def test_a_fact_is_judged_by_name_and_may_be_judged_again(case, desk, wanjiku):
    fact = actions.write_fact(
        case=case, matter=Matter.HEALTH, text="x", said_at=MONDAY, by=actor(wanjiku)
    )
    address = url(case, f"facts/{fact.pk}/judge")
    for standing in (Standing.ESTABLISHED, Standing.CONTRADICTED, Standing.ALLEGED):
        assert desk.post(address, {"standing": standing})["Location"] == url(case, "facts")
        fact.refresh_from_db()
        assert (fact.standing, fact.judged_by) == (standing, wanjiku)
    assert desk.post(address, {"standing": "true"}).status_code == 404


# urgency and stage


def test_urgency_names_its_reason(case, desk):
    answered = desk.post(url(case, "urgency/judge"), {"urgency": "now", "urgency_why": ""})
    assert refused(answered)
    form = {"urgency": "now", "urgency_why": "He has locked the door"}
    assert desk.post(url(case, "urgency/judge"), form)["Location"] == f"/cases/{case.pk}/"
    case.refresh_from_db()
    assert (case.urgency, case.urgency_why) == (Urgency.NOW, "He has locked the door")


def test_a_case_is_closed_and_opened_again(case, desk):
    desk.post(url(case, "stage/move"), {"stage": "closed"})
    case.refresh_from_db()
    assert (case.stage, case.closed_at) == (Stage.CLOSED, MONDAY)
    desk.post(url(case, "stage/move"), {"stage": "assessment"})
    case.refresh_from_db()
    assert (case.stage, case.closed_at) == (Stage.ASSESSMENT, None)
    assert desk.post(url(case, "stage/move"), {"stage": "heaven"}).status_code == 404


def test_a_case_closed_twice_keeps_its_date(case, desk):
    desk.post(url(case, "stage/move"), {"stage": "closed"})
    with clock.at(MONDAY + HOUR):
        desk.post(url(case, "stage/move"), {"stage": "closed"})
    case.refresh_from_db()
    assert case.closed_at == MONDAY
    assert Entry.objects.filter(verb="case.moved").count() == 1


def test_judging_the_urgency_leaves_the_stage_a_colleague_moved_meanwhile(case, wanjiku):
    read_before = Case.objects.get(pk=case.pk)
    actions.move_stage(case=case, stage=Stage.PREPARING, by=actor(wanjiku))
    actions.judge_urgency(
        case=read_before, urgency=Urgency.NOW, why="He has locked the door", by=actor(wanjiku)
    )
    case.refresh_from_db()
    assert (case.stage, case.urgency) == (Stage.PREPARING, Urgency.NOW)


# people


def test_somebody_new_needs_no_name_and_is_introduced_once(case, desk, wanjiku):
    form = {"part": "in_distress", "once": ids.new()}
    for _ in range(2):
        answered = desk.post(url(case, "people/add"), form)
        assert answered["Location"] == url(case, "people")
    assert Person.objects.count() == Member.objects.count() == 1


def test_somebody_known_joins_by_number(case, desk):
    thread = somebody("Zawadi")
    desk.post(url(case, "people/add"), {"number": "p-1", "part": "witness", "once": ids.new()})
    [member] = Member.objects.all()
    assert (member.person, member.part) == (thread.person, Part.WITNESS)


@pytest.mark.parametrize("number", ["P-7", "twelve"])
def test_a_number_of_nobody_comes_back(case, desk, number):
    form = {"number": number, "called": "Achieng", "part": "witness"}
    answered = desk.post(url(case, "people/add"), form)
    assert refused(answered)
    assert 'value="Achieng"' in answered.content.decode()
    assert not Member.objects.exists()


def test_nobody_of_another_team_is_pulled_into_a_case_by_number_or_by_id(case, desk, kamau):
    hers = somebody("Achieng")
    case_with(kamau, hers)
    assert refused(desk.post(url(case, "people/add"), {"number": "P-1", "part": "witness"}))
    desk.post(url(case, "people/add"), {"part": "witness", "once": hers.person_id})
    inside = Member.objects.filter(case=case)
    assert inside.count() == 1
    assert inside.get().person != hers.person
    assert desk.get(f"/people/{hers.person_id}/").status_code == 404


def test_who_told_us_of_her_is_written_down(case, desk, wanjiku):
    teller = somebody("Rehema").person
    actions.join(case=case, person=teller, part=Part.REPORTER, by=actor(wanjiku))
    form = {"called": "Achieng", "part": "in_distress", "told_by": teller.pk, "once": ids.new()}
    desk.post(url(case, "people/add"), form)
    assert Member.objects.get(part=Part.IN_DISTRESS).told_by == teller


# the team


def test_a_colleague_is_let_in_and_taken_off(case, desk, kamau):
    desk.post(url(case, "team/assign"), {"staff": kamau.pk, "role": "team"})
    assert at_desk(kamau).get(f"/cases/{case.pk}/").status_code == 200
    desk.post(url(case, "team/take-off"), {"staff": kamau.pk})
    assert at_desk(kamau).get(f"/cases/{case.pk}/").status_code == 404


def test_whoever_runs_the_machine_is_let_into_no_case(case, desk, mutiso):
    answered = desk.post(url(case, "team/assign"), {"staff": mutiso.pk, "role": "team"})
    assert answered.status_code == 404
    assert CaseMembership.objects.count() == 1


def test_a_colleague_let_in_twice_is_written_down_once(case, desk, wanjiku, kamau):
    for _ in range(2):
        desk.post(url(case, "team/assign"), {"staff": kamau.pk, "role": "team"})
    desk.post(url(case, "team/assign"), {"staff": wanjiku.pk, "role": "team"})
    assert Entry.objects.filter(verb="case.assigned").count() == 1
    roles = CaseMembership.objects.filter(until=None).values_list("staff", "role")
    assert dict(roles) == {wanjiku.pk: CaseRole.LEAD, kamau.pk: CaseRole.TEAM}


def test_the_lead_is_replaced_never_taken_off(case, desk, wanjiku, kamau):
    answered = desk.post(url(case, "team/take-off"), {"staff": wanjiku.pk}, follow=True)
    assert "A lead cannot be taken off." in answered.content.decode()
    desk.post(url(case, "team/assign"), {"staff": kamau.pk, "role": "lead"})
    roles = CaseMembership.objects.filter(until=None).values_list("staff", "role")
    assert dict(roles) == {wanjiku.pk: CaseRole.TEAM, kamau.pk: CaseRole.LEAD}


def test_only_the_lead_or_a_coordinator_of_the_team_lets_others_in(case, wanjiku, kamau, otieno):
    lets_in(case, wanjiku, kamau)
    form = {"staff": otieno.pk, "role": "team"}
    assert at_desk(kamau).post(url(case, "team/assign"), form).status_code == 404
    lets_in(case, wanjiku, otieno)
    form = {"staff": kamau.pk, "role": "lead"}
    assert at_desk(otieno).post(url(case, "team/assign"), form).status_code == 302

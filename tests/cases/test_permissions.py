"""Who may know of a case: its team, and for four hours whoever broke the glass and was seen."""

import datetime as dt

import pytest

from nyumbani.cases import actions, queries
from nyumbani.cases.terms import CaseRole, Matter, Part, Standing, Urgency
from nyumbani.kit import clock
from nyumbani.people.actions import meet
from tests.people_here import JULY_2014, actor, viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(wanjiku):
    return actions.open_case(title="Tripoli", urgency=Urgency.NOW, by=actor(wanjiku))


def test_who_opens_a_case_leads_it(case, wanjiku):
    assert list(queries.cases(viewer(wanjiku))) == [case]
    assert queries.is_lead(viewer(wanjiku), case)


@pytest.mark.parametrize("stranger", ["kamau", "otieno", "amina", "mutiso"])
def test_nobody_else_knows_it_exists(case, stranger, request):
    staff = request.getfixturevalue(stranger)
    assert not queries.cases(viewer(staff)).exists()
    assert not queries.members(viewer(staff), case).exists()
    assert not queries.facts(viewer(staff), case).exists()


def test_a_colleague_sees_it_from_joining_until_leaving(case, wanjiku, kamau):
    actions.assign(case=case, to=kamau, by=actor(wanjiku))
    assert queries.cases(viewer(kamau)).exists()
    actions.take_off(case=case, staff=kamau, by=actor(wanjiku))
    assert not queries.cases(viewer(kamau)).exists()


def test_a_new_lead_takes_over_and_the_former_stays(case, wanjiku, kamau):
    actions.assign(case=case, to=kamau, role=CaseRole.LEAD, by=actor(wanjiku))
    assert queries.is_lead(viewer(kamau), case)
    assert not queries.is_lead(viewer(wanjiku), case)
    assert queries.cases(viewer(wanjiku)).exists()


def test_a_lead_cannot_be_taken_off(case, wanjiku):
    actions.take_off(case=case, staff=wanjiku, by=actor(wanjiku))
    assert queries.is_lead(viewer(wanjiku), case)


def test_broken_glass_opens_for_four_hours_and_two_people_are_told(
    case, wanjiku, kamau, amina, otieno
):
    with clock.at(JULY_2014):
        actions.break_glass(case=case, reason="She calls and nobody answers", by=actor(kamau))
        assert queries.cases(viewer(kamau)).exists()
    assert {n.glass.reason for n in queries.notices(viewer(wanjiku))} == {
        "She calls and nobody answers"
    }
    assert queries.notices(viewer(amina)).exists()
    assert not queries.notices(viewer(kamau)).exists()
    with clock.at(JULY_2014 + dt.timedelta(hours=4, seconds=1)):
        assert not queries.cases(viewer(kamau)).exists()


def test_where_the_director_is_missing_coordinators_are_told(case, wanjiku, kamau, otieno):
    actions.break_glass(case=case, reason="Night", by=actor(kamau))
    assert queries.notices(viewer(otieno)).exists()


def test_people_in_no_case_are_seen_by_who_answers_the_inbox(wanjiku, kamau, amina, mutiso, case):
    person = meet(at=JULY_2014, by=actor(wanjiku))
    seen = {s.username: queries.people(viewer(s)).exists() for s in (wanjiku, kamau, amina, mutiso)}
    assert seen == {"wanjiku": True, "kamau": True, "amina": False, "mutiso": False}
    actions.join(case=case, person=person, part=Part.IN_DISTRESS, by=actor(wanjiku))
    seen = {s.username: queries.people(viewer(s)).exists() for s in (wanjiku, kamau)}
    assert seen == {"wanjiku": True, "kamau": False}


def test_a_fact_is_alleged_until_somebody_established_it(case, wanjiku):
    fact = actions.write_fact(
        case=case, matter=Matter.MISTREATMENT, text="beaten", said_at=JULY_2014, by=actor(wanjiku)
    )
    assert fact.standing == Standing.ALLEGED
    actions.judge_fact(fact=fact, standing=Standing.ESTABLISHED, by=actor(wanjiku))
    fact.refresh_from_db()
    assert fact.judged_by == wanjiku

"""What climbs to whom: the team knows her, all others learn a number and how long, no more."""

import pytest

from nyumbani.accounts.terms import Role
from nyumbani.cases import actions as cases
from nyumbani.cases.terms import CaseRole, Urgency
from nyumbani.kit import clock
from nyumbani.watch.actions import duty
from tests.desk.world import MONDAY, at_desk, case_with, hear, lets_in, somebody
from tests.people_here import actor, new_staff
from tests.watch.night import HOUR, MINUTE, awake, look_at, on_nights

pytestmark = pytest.mark.django_db
NIGHT = MONDAY + 13 * HOUR  # 21:03 in Nairobi


@pytest.fixture(autouse=True)
def night():
    with clock.at(NIGHT):
        yield


@pytest.fixture
def halima(db):
    """A caseworker of a third team, on duty in these nights."""
    return new_staff("halima", "Halima", Role.CASEWORKER)


@pytest.fixture
def nafula(wanjiku):
    """In danger; her message of 21:03 waits for an answer: fifteen minutes are allowed."""
    with clock.at(MONDAY):
        thread = somebody("Nafula")
        thread.case = case_with(wanjiku, thread, urgency=Urgency.NOW)
    hear(thread, "Are you there?", at=NIGHT)
    return thread


def climbing_for(staff, moment) -> str:
    with clock.at(moment):
        answer = at_desk(staff).get("/watch/")
        assert answer.status_code == 200
        page = answer.content.decode()
    return page[page.index('id="climbing"') :]


def late(minutes):
    """So many minutes after fifteen have passed."""
    return NIGHT + (15 + minutes) * MINUTE


def test_a_message_waits_fifteen_minutes_and_its_own_team_is_told_first(
    nafula, wanjiku, halima, otieno
):
    on_nights(halima, otieno)
    assert "Nothing climbs" in climbing_for(wanjiku, late(-1))
    told = climbing_for(wanjiku, late(0))
    assert "Nafula" in told
    assert "waits for an answer" in told
    for other in (halima, otieno):
        assert "Nothing climbs" in climbing_for(other, late(29))


def test_after_half_an_hour_whoever_is_on_duty_learns_a_number_and_how_long(
    nafula, halima, otieno, kamau
):
    on_nights(halima, otieno)
    told = climbing_for(halima, late(30))
    assert "NYB-1" in told
    assert "45 minutes" in told
    assert "Nafula" not in told
    assert nafula.person_id not in told
    assert "Are you there" not in told
    assert "/break-glass/" in told
    for other in (kamau, otieno):
        assert "Nothing climbs" in climbing_for(other, late(30))


def test_then_coordinators_and_then_directors_are_told_and_nobody_else(
    nafula, halima, otieno, amina, kamau
):
    on_nights(halima, otieno)
    assert "NYB-1" in climbing_for(otieno, late(60))
    assert "Nothing climbs" in climbing_for(amina, late(60))
    for staff in (halima, otieno, amina):
        assert "NYB-1" in climbing_for(staff, late(180))
    assert "Nothing climbs" in climbing_for(kamau, late(999))


def test_it_stands_on_today_as_well_and_the_caseworker_of_another_team_sees_none_of_it(
    nafula, halima, otieno, kamau
):
    on_nights(halima, otieno)
    with clock.at(late(30)):
        assert "NYB-1" in at_desk(halima).get("/").content.decode()
        page = at_desk(kamau).get("/").content.decode()
    assert "NYB-1" not in page
    assert "Climbing" not in page


def test_with_nobody_on_duty_coordinators_are_told_at_once_in_their_stead(nafula, otieno, amina):
    assert "NYB-1" in climbing_for(otieno, late(30))
    assert "Nothing climbs" in climbing_for(amina, late(30))


def test_who_is_on_duty_by_day_no_longer_learns_of_it(nafula, halima, otieno):
    on_nights(halima, otieno)
    morning = MONDAY + 25 * HOUR  # Tuesday, 09:03 in Nairobi
    assert "Nothing climbs" in climbing_for(halima, morning)


def test_an_answer_ends_it_for_everybody(nafula, halima, otieno):
    on_nights(halima, otieno)
    nafula.waiting_since = None
    nafula.save(update_fields=["waiting_since"])
    for staff in (halima, otieno):
        assert "Nothing climbs" in climbing_for(staff, late(60))


def test_a_silence_climbs_in_the_same_way_from_when_it_was_raised(wanjiku, halima, otieno, amina):
    with clock.at(MONDAY):
        thread = somebody("Rehema")
        hear(thread, "Habari", at=MONDAY)
        case_with(wanjiku, thread, urgency=Urgency.NOW)
    thread.waiting_since = None
    thread.save(update_fields=["waiting_since"])
    on_nights(halima, otieno)
    awake(NIGHT)
    look_at(NIGHT)
    assert "Rehema" in climbing_for(wanjiku, NIGHT)
    assert "Nothing climbs" in climbing_for(halima, NIGHT + 29 * MINUTE)
    told = climbing_for(halima, NIGHT + 30 * MINUTE)
    assert "NYB-1" in told
    assert "not heard from" in told
    assert "Rehema" not in told
    assert "NYB-1" in climbing_for(otieno, NIGHT + 60 * MINUTE)
    assert "NYB-1" in climbing_for(amina, NIGHT + 180 * MINUTE)


def test_of_somebody_in_two_cases_others_learn_one_number_alone(nafula, kamau, halima, otieno):
    case = case_with(kamau, title="Another matter")
    cases.join(case=case, person=nafula.person, part="witness", by=actor(kamau))
    on_nights(halima, otieno)
    told = climbing_for(halima, late(30))
    assert "NYB-1" in told
    assert "NYB-2" not in told


def test_her_own_team_does_not_learn_of_a_case_of_hers_that_is_closed_to_them(
    nafula, wanjiku, kamau
):
    case = case_with(kamau, title="Another matter")
    cases.join(case=case, person=nafula.person, part="witness", by=actor(kamau))
    told = climbing_for(wanjiku, late(0))
    assert "NYB-1" in told
    assert "NYB-2" not in told


def test_who_belongs_to_the_case_reads_her_name_although_they_are_on_duty(
    nafula, wanjiku, halima, otieno
):
    lets_in(nafula.case, wanjiku, halima, CaseRole.TEAM)
    on_nights(halima, otieno)
    assert "Nafula" in climbing_for(halima, late(30))


def test_an_administrator_and_a_data_officer_learn_nothing(nafula, mutiso):
    officer = new_staff("barasa", "Barasa", Role.DATA_OFFICER)
    for staff in (mutiso, officer):
        with clock.at(late(999)):
            page = at_desk(staff).get("/watch/").content.decode()
        assert "NYB-1" not in page
        assert "Climbing" not in page


def test_the_steps_are_figures_that_a_coordinator_sets(nafula, halima, otieno):
    on_nights(halima, otieno)
    duty.set_figure(name="climb.duty", minutes=5, by=actor(otieno))
    assert "NYB-1" in climbing_for(halima, late(5))


def test_who_nobody_is_with_yet_climbs_by_name_to_who_answers_the_inbox(kamau, amina):
    hear(somebody("Achieng"), "Help", at=NIGHT)
    told = climbing_for(kamau, NIGHT + 60 * MINUTE)
    assert "Achieng" in told
    assert "Achieng" not in climbing_for(amina, NIGHT + 60 * MINUTE + 180 * MINUTE)

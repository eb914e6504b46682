"""Stopping words to many tells how many letters stayed: only of people one may know of."""

import pytest

from nyumbani.broadcasts.actions.sending import begin
from nyumbani.cases.models.members import Member
from nyumbani.cases.terms import Urgency
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import AttemptState
from nyumbani.kit import clock
from tests.broadcasts.world import drafted, group
from tests.desk.world import at_desk, case_with
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def stopped_by(staff, row):
    answered = at_desk(staff).post(f"/to-many/{row.pk}/stop/", follow=True)
    return answered.content.decode()


@pytest.fixture
def row(wanjiku):
    case, threads = group(wanjiku, "Nafula", "Rehema", "Salma")
    made = drafted(wanjiku, case)
    begin(broadcast=made, by=actor(wanjiku))
    made.threads, made.its_case = threads, case
    return made


def test_all_that_stayed_is_told_to_who_may_know_of_all(row, wanjiku):
    assert "people you may know of: 3 letters." in stopped_by(wanjiku, row)


def test_who_left_for_another_team_is_not_counted(row, wanjiku, kamau):
    gone = row.threads[2]
    Member.objects.filter(case=row.its_case, person=gone.person).update(until=clock.now())
    case_with(kamau, gone, urgency=Urgency.SOON)
    page = stopped_by(wanjiku, row)
    assert "people you may know of: 2 letters." in page
    assert not Attempt.objects.exclude(state=AttemptState.FAILED).exists()  # hers stayed as well


def test_another_team_stops_nothing(row, kamau):
    assert at_desk(kamau).post(f"/to-many/{row.pk}/stop/").status_code == 404

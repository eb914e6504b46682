"""Who wrote by herself comes into a case that is there already."""

import pytest

from nyumbani.cases.models.members import Member
from nyumbani.cases.terms import Part
from tests.desk.world import at_desk, case_with, hear, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def address(thread):
    return f"/inbox/{thread.person_id}/into-case/"


@pytest.fixture
def zawadi(db):
    thread = somebody("Zawadi")
    hear(thread, "Mimi pia niko Tripoli")
    return thread


def test_a_woman_who_writes_by_herself_joins_the_case_of_the_others(wanjiku, zawadi):
    case = case_with(wanjiku, somebody("Rehema"))
    desk = at_desk(wanjiku)
    assert str(case) in desk.get(address(zawadi)).content.decode()
    answer = desk.post(address(zawadi), {"case": case.pk, "part": "in_distress"}, follow=True)
    assert str(case) in answer.content.decode()
    member = Member.objects.get(case=case, person=zawadi.person_id)
    assert member.part == Part.IN_DISTRESS


def test_sent_twice_she_is_in_it_once(wanjiku, zawadi):
    case = case_with(wanjiku, somebody("Rehema"))
    for _time in range(2):
        at_desk(wanjiku).post(address(zawadi), {"case": case.pk, "part": "in_distress"})
    assert Member.objects.filter(case=case, person=zawadi.person_id).count() == 1


def test_nobody_brings_her_into_a_case_of_others(wanjiku, kamau, zawadi):
    theirs = case_with(kamau, somebody("Rehema"))
    answer = at_desk(wanjiku).post(address(zawadi), {"case": theirs.pk, "part": "in_distress"})
    assert answer.status_code == 200  # asked again: that case is none of hers to choose
    assert str(theirs) not in answer.content.decode()
    assert not Member.objects.filter(person=zawadi.person_id).exists()


def test_whom_others_look_after_is_not_there(kamau, wanjiku):
    hers = somebody("Rehema")
    case_with(wanjiku, hers)
    mine = case_with(kamau, somebody("Nafula"))
    desk = at_desk(kamau)
    assert desk.get(address(hers)).status_code == 404
    assert desk.post(address(hers), {"case": mine.pk, "part": "other"}).status_code == 404

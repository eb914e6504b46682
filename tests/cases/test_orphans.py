"""A case on which nobody is left: it is seen, answered and given a lead again."""

import pytest

from nyumbani.accounts.models import RoleGrant
from nyumbani.accounts.terms import Role
from nyumbani.audit.models import Entry
from nyumbani.cases import actions, queries
from nyumbani.cases.queries import oversight
from nyumbani.cases.terms import CaseRole, NotOrphaned
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.terms import PairReason
from tests.desk.world import INTAKE, at_desk, case_with, hear, lets_in, somebody
from tests.people_here import actor, new_staff, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def achieng(db):
    thread = somebody("Achieng")
    hear(thread, "He is back and I am afraid")
    return thread


@pytest.fixture
def case(wanjiku, achieng):
    return case_with(wanjiku, achieng)


def loses_her_roles(staff):
    RoleGrant.objects.filter(staff=staff).update(until=clock.now())


def leaves(staff):
    staff.is_active = False
    staff.save(update_fields=["is_active"])


def asked_for_a_lead(staff):
    return [str(case) for case, _form in at_desk(staff).get("/").context["orphaned"]]


@pytest.mark.parametrize("happens", [leaves, loses_her_roles])
def test_when_the_lead_is_gone_those_who_answer_the_inbox_hear_her(
    case, achieng, wanjiku, kamau, happens
):
    assert "afraid" not in at_desk(kamau).get("/inbox/").content.decode()
    happens(wanjiku)
    desk = at_desk(kamau)
    assert "He is back and I am afraid" in desk.get("/inbox/").content.decode()
    page = desk.get(f"/inbox/{achieng.person_id}/").content.decode()
    assert "Nobody works on her case any more." in page
    # Her messages are heard; what is known in the case stays closed.
    assert desk.get(f"/cases/{case.pk}/").status_code == 404


def test_while_one_of_the_team_is_left_nothing_opens(case, wanjiku, otieno, kamau, amina):
    lets_in(case, wanjiku, otieno)
    leaves(wanjiku)
    assert not queries.people(viewer(kamau)).exists()
    assert asked_for_a_lead(amina) == []


def test_who_is_in_a_living_case_too_stays_with_its_team(case, wanjiku, otieno, kamau, achieng):
    case_with(otieno, achieng)
    leaves(wanjiku)
    assert not queries.people(viewer(kamau)).exists()
    assert queries.people(viewer(otieno)).exists()


def test_directors_and_coordinators_are_asked_for_a_lead(case, wanjiku, kamau, otieno, amina):
    assert asked_for_a_lead(amina) == []
    leaves(wanjiku)
    for who in (amina, otieno):
        assert asked_for_a_lead(who) == ["NYB-1"]
        page = at_desk(who).get("/").content.decode()
        assert "has nobody" in page
        assert case.title not in page
    assert asked_for_a_lead(kamau) == []


def test_a_lead_is_named_without_breaking_the_glass(case, wanjiku, kamau, amina):
    leaves(wanjiku)
    form, desk = {"staff": kamau.pk}, at_desk(amina)
    answered = desk.post(f"/cases/{case.pk}/team/name-lead/", form)
    assert answered["Location"] == "/"
    assert queries.is_lead(viewer(kamau), case)
    assert at_desk(kamau).get(f"/cases/{case.pk}/").status_code == 200
    assert desk.get(f"/cases/{case.pk}/").status_code == 404
    assert asked_for_a_lead(amina) == []
    line = Entry.objects.get(verb="case.lead_named")
    assert (line.by, line.about) == (f"staff:{amina.pk}", f"case:{case.pk}")


def test_nobody_names_a_lead_where_somebody_works(case, wanjiku, kamau, otieno, amina):
    form = {"staff": kamau.pk}
    assert at_desk(amina).post(f"/cases/{case.pk}/team/name-lead/", form).status_code == 404
    with pytest.raises(NotOrphaned):
        actions.name_lead(case=case, to=kamau, by=actor(otieno))
    leaves(wanjiku)
    assert at_desk(kamau).post(f"/cases/{case.pk}/team/name-lead/", form).status_code == 404
    assert not queries.is_lead(viewer(kamau), case)


def test_whoever_runs_the_machine_is_named_lead_of_nothing(case, wanjiku, amina, mutiso):
    leaves(wanjiku)
    answered = at_desk(amina).post(f"/cases/{case.pk}/team/name-lead/", {"staff": mutiso.pk})
    assert answered.status_code == 404
    assert asked_for_a_lead(amina) == ["NYB-1"]


# two people who may be one, and nobody may see both


def side_by_side(one, other):
    people.put_side_by_side(
        one=one.person_id, other=other.person_id, reason=PairReason.SHARED_IDENTIFIER, by=INTAKE
    )


def test_a_pair_that_nobody_may_decide_is_told_to_the_director(
    case, wanjiku, kamau, otieno, amina, achieng
):
    other = somebody("A.")
    case_with(kamau, other)
    side_by_side(achieng, other)
    [unseen] = oversight.unseen_pairs(viewer(amina))
    assert sorted([unseen.left, unseen.right]) == [("NYB-1",), ("NYB-2",)]
    page = " ".join(at_desk(amina).get("/").content.decode().split())
    assert "1 time two people may be one, and nobody may see both." in page
    assert "NYB-2" in page
    assert "Achieng" not in page
    for another in (wanjiku, kamau, otieno):
        assert oversight.unseen_pairs(viewer(another)) == []
    lets_in(case, wanjiku, kamau)
    assert oversight.unseen_pairs(viewer(amina)) == []


def test_a_pair_with_somebody_in_no_case_is_seen_where_the_team_answers_the_inbox(
    wanjiku, amina, achieng
):
    akinyi = new_staff("akinyi", "Akinyi", Role.LEGAL_OFFICER)
    case = case_with(wanjiku, achieng)
    other = somebody("A.")
    side_by_side(achieng, other)
    assert oversight.unseen_pairs(viewer(amina)) == []
    lets_in(case, wanjiku, akinyi, CaseRole.LEAD)
    actions.take_off(case=case, staff=wanjiku, by=actor(akinyi))
    # Akinyi knows Achieng and answers no inbox; Wanjiku answers it and knows Achieng no longer.
    [unseen] = oversight.unseen_pairs(viewer(amina))
    assert sorted([unseen.left, unseen.right]) == [(), ("NYB-1",)]

"""Somebody leaves: nobody is lost from sight, and a colleague takes over in the same step."""

import pytest

from nyumbani.accounts.actions import roles
from nyumbani.accounts.leaving import StillHeld
from nyumbani.accounts.models import RoleGrant
from nyumbani.accounts.terms import NotPossible, Role
from nyumbani.cases import queries
from nyumbani.cases.models.team import CaseMembership
from nyumbani.inbox.actions import work
from nyumbani.kit import clock
from tests.desk.world import at_desk, case_with, hear, lets_in, somebody
from tests.people_here import actor, new_staff, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def achieng(db):
    thread = somebody("Achieng")
    hear(thread, "He is back")
    return thread


@pytest.fixture
def case(wanjiku, achieng):
    case = case_with(wanjiku, achieng)
    work.assign(thread=achieng, to=wanjiku, by=actor(wanjiku))
    return case


def end(staff, role=Role.CASEWORKER, *, by, to=""):
    roles.end_role(staff_id=staff.pk, role=role, by=actor(by), to=to)


def works_as(staff):
    rows = RoleGrant.objects.filter(staff=staff, until=None)
    return set(rows.values_list("role", flat=True))


def test_nobody_leaves_while_cases_and_conversations_would_be_left_alone(
    case, achieng, wanjiku, mutiso
):
    for leave in (
        lambda: end(wanjiku, by=mutiso),
        lambda: roles.deactivate(staff_id=wanjiku.pk, by=actor(mutiso)),
    ):
        with pytest.raises(StillHeld) as refusal:
            leave()
        assert refusal.value.things == ["NYB-1", "P-1"]
    wanjiku.refresh_from_db()
    assert wanjiku.is_active
    assert works_as(wanjiku) == {"caseworker"}
    assert queries.is_lead(viewer(wanjiku), case)


def test_the_colleague_named_takes_over_in_the_same_step(case, achieng, wanjiku, kamau, mutiso):
    roles.deactivate(staff_id=wanjiku.pk, by=actor(mutiso), to=kamau.pk)
    assert queries.is_lead(viewer(kamau), case)
    achieng.refresh_from_db()
    assert achieng.owner == kamau
    assert not CaseMembership.objects.filter(staff=wanjiku, until=None).exists()


def test_who_comes_back_is_in_none_of_the_former_cases(case, wanjiku, kamau, otieno, mutiso):
    his = case_with(kamau)
    lets_in(his, kamau, wanjiku)
    roles.deactivate(staff_id=wanjiku.pk, by=actor(mutiso), to=kamau.pk)
    roles.bring_back(staff_id=wanjiku.pk, by=actor(mutiso))
    RoleGrant.objects.create(staff=wanjiku, role=Role.CASEWORKER, since=clock.now())
    assert not queries.cases(viewer(wanjiku)).exists()


def test_who_keeps_another_role_of_casework_keeps_the_cases(case, achieng, wanjiku, mutiso):
    RoleGrant.objects.create(staff=wanjiku, role=Role.ESCORT, since=clock.now())
    end(wanjiku, by=mutiso)
    assert queries.is_lead(viewer(wanjiku), case)
    achieng.refresh_from_db()
    assert achieng.owner == wanjiku


def test_who_will_not_answer_the_inbox_hands_over_whom_nobody_is_with(wanjiku, kamau, mutiso):
    zawadi = somebody("Zawadi")
    hear(zawadi, "Habari")
    work.assign(thread=zawadi, to=wanjiku, by=actor(wanjiku))
    RoleGrant.objects.create(staff=wanjiku, role=Role.ESCORT, since=clock.now())
    with pytest.raises(StillHeld) as refusal:
        end(wanjiku, by=mutiso)
    assert refusal.value.things == ["P-1"]
    end(wanjiku, by=mutiso, to=kamau.pk)
    zawadi.refresh_from_db()
    assert zawadi.owner == kamau


def test_what_the_successor_may_not_answer_becomes_nobodys(case, achieng, wanjiku, mutiso):
    akinyi = new_staff("akinyi", "Akinyi", Role.LEGAL_OFFICER)
    end(wanjiku, by=mutiso, to=akinyi.pk)
    achieng.refresh_from_db()
    assert achieng.owner is None
    assert queries.is_lead(viewer(akinyi), case)


def test_a_team_of_two_needs_nobody_new_unless_its_lead_leaves(case, wanjiku, kamau, mutiso):
    lets_in(case, wanjiku, kamau)
    end(kamau, by=mutiso)
    assert not CaseMembership.objects.filter(staff=kamau, until=None).exists()
    assert queries.is_lead(viewer(wanjiku), case)


def test_the_last_of_a_team_whose_lead_is_gone_is_asked_too(case, wanjiku, kamau, mutiso):
    lets_in(case, wanjiku, kamau)
    wanjiku.is_active = False
    wanjiku.save(update_fields=["is_active"])
    with pytest.raises(StillHeld) as refusal:
        end(kamau, by=mutiso)
    assert refusal.value.things == ["NYB-1"]


@pytest.mark.parametrize("nobody", ["mutiso", "wanjiku", "halima"])
def test_only_a_colleague_who_works_on_cases_takes_over(case, wanjiku, mutiso, nobody, request):
    new_staff("halima", "Halima")
    others = {"mutiso": mutiso, "wanjiku": wanjiku}
    to = others[nobody].pk if nobody in others else "01J00000000000000000000000"
    with pytest.raises(NotPossible):
        end(wanjiku, by=mutiso, to=to)
    assert works_as(wanjiku) == {"caseworker"}


# the page


def test_whoever_looks_after_staff_reads_numbers_and_names_a_colleague(
    case, achieng, wanjiku, kamau, mutiso
):
    desk = at_desk(mutiso)
    for address, form in (
        (f"/staff/{wanjiku.pk}/end/", {"role": "caseworker"}),
        (f"/staff/{wanjiku.pk}/deactivate/", {}),
    ):
        page = desk.post(address, form).content.decode()
        assert "Who takes over?" in page
        assert "NYB-1" in page
        assert "Kamau</option>" in page
        assert "Wanjiku</option>" not in page
        assert "Achieng" not in page
        assert case.title not in page
    form = {"role": "caseworker", "to": kamau.pk}
    answered = desk.post(f"/staff/{wanjiku.pk}/end/", form)
    assert answered["Location"] == f"/staff/{wanjiku.pk}/"
    assert queries.is_lead(viewer(kamau), case)
    assert not works_as(wanjiku)

import re

import pytest
from django.test import Client

from nyumbani.accounts import actions
from nyumbani.accounts.actions import roles
from nyumbani.accounts.models import RoleGrant, Staff
from nyumbani.accounts.terms import NotPossible, Role
from nyumbani.accounts.viewers import viewer_for
from nyumbani.kit import clock
from nyumbani.kit.doer import System
from tests.accounts.staff import (
    PASSWORD,
    actor,
    administrator,
    agree_to,
    give_app,
    hire,
    is_signed_in,
    ledger,
    sign_in,
)
from tests.accounts.urls import SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def cherono():
    return administrator()


@pytest.fixture
def office(cherono):
    """The administrator's browser."""
    return sign_in(Client(), cherono)


def invite(client, **changed):
    form = {"display_name": "Njeri", "username": "njeri", "roles": ["document_officer"]}
    return client.post("/staff/invite/", form | changed)


def test_an_invitation_shows_the_link_once_and_is_written_down(office):
    page = invite(office, email="njeri@example.org").content.decode()
    [link] = re.findall(r"http://testserver(/set-up/[\w-]{43}/)", page)
    njeri = Staff.objects.get(username="njeri")
    agree_to(njeri)
    assert Client().get(link).status_code == 200
    assert link not in office.get(f"/staff/{njeri.pk}/").content.decode()
    assert [line.about for line in ledger("staff.invited")] == [f"staff:{njeri.pk}"]
    assert len(ledger("role.granted")) == 1


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"username": "CHERONO"}, "is taken"),
        ({"roles": ["administrator", "caseworker"]}, "cannot also work on cases"),
        ({"roles": []}, "required"),
        ({"roles": ["queen"]}, "not one of the available choices"),
        ({"username": "nje ri"}, "small letters"),
    ],
)
def test_an_invitation_that_cannot_be_says_why(office, changed, complaint):
    before = Staff.objects.count()
    assert complaint in invite(office, **changed).content.decode()
    assert Staff.objects.count() == before


def test_the_list_shows_everybody_and_how_they_stand(office, wanjiku):
    give_app(wanjiku)
    invite(office)
    page = office.get("/staff/").content.decode()
    for said in ("Wanjiku", "second factor", "Njeri", "invited", "Cherono"):
        assert said in page


def test_a_role_given_and_ended_counts_from_the_next_page_on(office, wanjiku):
    desk = sign_in(Client(), wanjiku)
    assert desk.get("/").content.decode() == SECRET
    office.post(f"/staff/{wanjiku.pk}/end/", {"role": "caseworker"})
    assert SECRET not in desk.get("/").content.decode()
    office.post(f"/staff/{wanjiku.pk}/grant/", {"role": "escort"})
    agree_to(wanjiku)
    assert desk.get("/").content.decode() == SECRET
    history = office.get(f"/staff/{wanjiku.pk}/").content.decode()
    assert "until" in history
    assert len(ledger("role.ended")) == 1


def test_a_role_held_already_is_not_given_twice(office, wanjiku):
    office.post(f"/staff/{wanjiku.pk}/grant/", {"role": "caseworker"})
    assert RoleGrant.objects.filter(staff=wanjiku).count() == 1
    assert ledger("role.granted") == []


def test_nobody_gives_roles_to_themselves(office, cherono):
    office.post(f"/staff/{cherono.pk}/grant/", {"role": "data_officer"})
    assert viewer_for(cherono).roles == {Role.ADMINISTRATOR}


def test_an_administrator_is_never_made_a_caseworker(cherono):
    other = hire("mutua", Role.ADMINISTRATOR)
    with pytest.raises(NotPossible):
        roles.grant_role(staff_id=other.pk, role=Role.CASEWORKER, by=actor(cherono))


def test_a_role_nobody_knows_is_no_page(office, wanjiku):
    for verb in ("grant", "end"):
        answer = office.post(f"/staff/{wanjiku.pk}/{verb}/", {"role": "queen"})
        assert answer.status_code == 404


def test_the_last_administrator_stays(office, cherono):
    office.post(f"/staff/{cherono.pk}/end/", {"role": "administrator"})
    assert viewer_for(cherono).may_look_after_staff
    second = hire("mutua", Role.ADMINISTRATOR)
    office.post(f"/staff/{cherono.pk}/end/", {"role": "administrator"})
    assert not viewer_for(cherono).may_look_after_staff
    with pytest.raises(NotPossible):
        roles.end_role(staff_id=second.pk, role=Role.ADMINISTRATOR, by=actor(second))


def test_the_account_of_the_last_administrator_is_not_closed_by_anybody(cherono, wanjiku):
    with pytest.raises(NotPossible):
        roles.deactivate(staff_id=cherono.pk, by=actor(wanjiku))


def test_who_leaves_is_out_at_once(office, wanjiku):
    desk = sign_in(Client(), wanjiku)
    assert office.get(f"/staff/{wanjiku.pk}/deactivate/").status_code == 200
    office.post(f"/staff/{wanjiku.pk}/deactivate/")
    assert desk.get("/").url.startswith("/sign-in/")
    client = Client()
    client.post("/sign-in/", {"login": "wanjiku", "password": PASSWORD})
    assert not is_signed_in(client)
    assert viewer_for(Staff.objects.get(pk=wanjiku.pk)).roles == frozenset()
    assert len(ledger("staff.deactivated")) == 1


def test_nobody_closes_their_own_account(office, cherono):
    hire("mutua", Role.ADMINISTRATOR)
    office.post(f"/staff/{cherono.pk}/deactivate/")
    assert Staff.objects.get(pk=cherono.pk).is_active


def test_who_comes_back_has_no_roles_and_needs_a_link(office, wanjiku):
    office.post(f"/staff/{wanjiku.pk}/deactivate/")
    refused = office.post(f"/staff/{wanjiku.pk}/grant/", {"role": "caseworker"}, follow=True)
    assert "bring them back first" in refused.content.decode()
    office.post(f"/staff/{wanjiku.pk}/bring-back/")
    back = Staff.objects.get(pk=wanjiku.pk)
    assert back.is_active
    assert viewer_for(back).roles == frozenset()
    assert not back.has_usable_password()
    assert "/set-up/" in office.post(f"/staff/{wanjiku.pk}/link/").content.decode()


def test_an_administrator_may_not_make_a_link_for_themselves(office, cherono):
    answer = office.post(f"/staff/{cherono.pk}/link/", follow=True)
    assert "another administrator" in answer.content.decode()
    assert "/set-up/" not in answer.content.decode()


def test_the_command_line_may_help_the_only_administrator(cherono):
    """Lost phone, nobody else: whoever has the machine can issue a link as the system."""
    token = actions.issue_link_by_name(username="Cherono", by=System("operator"))
    assert Client().get(f"/set-up/{token}/").status_code == 200
    with pytest.raises(NotPossible):
        actions.issue_link_by_name(username="mallory", by=System("operator"))


def test_roles_end_not_before_they_began(office, wanjiku):
    """The demonstration's clock can be set back."""
    RoleGrant.objects.filter(staff=wanjiku).update(since=clock.now() + clock.dt.timedelta(days=9))
    roles.end_role(staff_id=wanjiku.pk, role=Role.CASEWORKER, by=actor(wanjiku))
    assert viewer_for(wanjiku).roles == frozenset()


PAGES = ["", "invite/", "{id}/", "{id}/link/", "{id}/deactivate/"]
BUTTONS = ["{id}/grant/", "{id}/end/", "{id}/link/", "{id}/deactivate/", "{id}/bring-back/"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_for_all_others_these_pages_do_not_exist(wanjiku, role):
    client = sign_in(Client(), hire("mutiso", role))
    for page in PAGES:
        assert client.get("/staff/" + page.format(id=wanjiku.pk)).status_code == 404
    for button in BUTTONS:
        answer = client.post("/staff/" + button.format(id=wanjiku.pk), {"role": "director"})
        assert answer.status_code == 404
    assert viewer_for(wanjiku).roles == {Role.CASEWORKER}
    assert Staff.objects.get(pk=wanjiku.pk).is_active


def test_for_administrators_they_do(office, wanjiku):
    for page in PAGES:
        assert office.get("/staff/" + page.format(id=wanjiku.pk)).status_code == 200


def test_an_account_that_is_not_there_is_no_page(office):
    for page in ("01ARZ3NDEKTSV4RRFFQ69G5FAV/", "x/", "01ARZ3NDEKTSV4RRFFQ69G5FAV/link/"):
        assert office.get("/staff/" + page).status_code == 404


def test_the_list_costs_the_same_for_many(office, django_assert_max_num_queries):
    for number in range(20):
        hire(f"colleague{number}", Role.ESCORT, Role.TRAINER)
    with django_assert_max_num_queries(12):
        office.get("/staff/")

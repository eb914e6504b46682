"""Nobody comes in where cases are read by one person's word."""

import re

import pytest
from django.test import Client

from nyumbani.accounts import actions, queries
from nyumbani.accounts.actions import agreement, roles
from nyumbani.accounts.models import Proposal, RoleGrant, Staff
from nyumbani.accounts.terms import NotPossible, Outcome, Role
from nyumbani.accounts.viewers import viewer_for
from nyumbani.kit import clock
from nyumbani.kit.doer import System
from tests.accounts.staff import (
    PASSWORD,
    actor,
    administrator,
    agree_to,
    director,
    hire,
    is_signed_in,
    ledger,
    sign_in,
)

pytestmark = pytest.mark.django_db

OPERATOR = System("operator")
AGAIN = {"password1": PASSWORD, "password2": PASSWORD}
WAITING = "/staff/waiting/"


@pytest.fixture
def cherono():
    return administrator()


@pytest.fixture
def office(cherono):
    """The administrator's browser."""
    return sign_in(Client(), cherono)


@pytest.fixture
def amina():
    """The director, who has come in before."""
    return director()


def link_in(answer):
    return re.search(r"http://testserver(/set-up/[\w-]{43}/)", answer.content.decode()).group(1)


def invite(office, *wanted, username="mallory"):
    form = {"display_name": username.title(), "username": username, "roles": list(wanted)}
    return link_in(office.post("/staff/invite/", form))


def opens(page):
    """Whether whoever holds the link comes in by it."""
    client = Client()
    client.post(page, AGAIN)
    return is_signed_in(client)


def decide(client, staff, answer="agree"):
    """Press the button on the director's page, as it was drawn."""
    page = client.get(WAITING).content.decode()
    proposals = re.findall(r'name="proposal" value="(\w{26})"', page)
    return client.post(f"/staff/{staff.pk}/decide/", {"answer": answer, "proposal": proposals})


def came_in(staff):
    Staff.objects.filter(pk=staff.pk).update(last_login=clock.now())


def test_a_new_link_for_the_lead_opens_nothing_to_the_administrator_alone(office, amina, wanjiku):
    page = link_in(office.post(f"/staff/{wanjiku.pk}/link/"))
    answer = Client().get(page)
    assert answer.status_code == 403
    assert "once a director has agreed" in answer.content.decode()
    assert not opens(page)
    wanjiku.refresh_from_db()
    assert not wanjiku.has_usable_password()
    assert decide(sign_in(Client(), amina), wanjiku).url == WAITING
    assert opens(page)
    assert [line.about for line in ledger("staff.link_agreed")] == [f"staff:{wanjiku.pk}"]


def test_a_sock_puppet_reads_nothing_before_a_director_agrees(office, amina):
    page = invite(office, "caseworker", "director")
    mallory = Staff.objects.get(username="mallory")
    assert not opens(page)
    assert viewer_for(mallory).roles == frozenset()
    decide(sign_in(Client(), amina), mallory)
    assert viewer_for(mallory).roles == {Role.CASEWORKER, Role.DIRECTOR}
    assert opens(page)
    grants = RoleGrant.objects.filter(staff=mallory)
    assert {one.granted_by.username for one in grants} == {"cherono"}
    assert {one.decided_by for one in Proposal.objects.all()} == {amina}


def test_whom_a_director_does_not_know_stays_out(office, amina):
    page = invite(office, "caseworker")
    mallory = Staff.objects.get(username="mallory")
    decide(sign_in(Client(), amina), mallory, "decline")
    assert not opens(page)
    assert Client().get(page).status_code == 404
    assert viewer_for(mallory).roles == frozenset()
    assert len(ledger("staff.declined")) == 1
    assert office.get(f"/staff/{mallory.pk}/").status_code == 200


def test_work_where_cases_are_read_is_given_by_two_people(office, amina):
    barasa = hire("barasa", Role.DATA_OFFICER)
    answer = office.post(f"/staff/{barasa.pk}/grant/", {"role": "coordinator"}, follow=True)
    assert "Waiting for a director" in answer.content.decode()
    assert viewer_for(barasa).roles == {Role.DATA_OFFICER}
    agree_to(barasa, amina)
    assert viewer_for(barasa).roles == {Role.DATA_OFFICER, Role.COORDINATOR}


@pytest.mark.parametrize("role", [Role.DATA_OFFICER, Role.ADMINISTRATOR])
def test_work_where_none_are_read_needs_nobody_else(office, amina, role):
    assert opens(invite(office, role.value))
    assert Proposal.objects.count() == 0


def test_who_read_cases_once_needs_a_director_for_a_link_too(office, amina, wanjiku):
    """Else: end the lead's role, open the link oneself, and ask for the role back."""
    office.post(f"/staff/{wanjiku.pk}/end/", {"role": "caseworker"})
    assert not opens(link_in(office.post(f"/staff/{wanjiku.pk}/link/")))
    office.post(f"/staff/{wanjiku.pk}/deactivate/")
    office.post(f"/staff/{wanjiku.pk}/bring-back/")
    assert not opens(link_in(office.post(f"/staff/{wanjiku.pk}/link/")))


def test_the_first_director_needs_nobody_as_there_is_nobody(office):
    page = invite(office, "director", username="amina")
    assert opens(page)
    assert len(ledger("staff.first_director")) == 1
    amina = Staff.objects.get(username="amina")
    [first] = queries.first_directors(viewer_for(amina))
    assert (first.username, first.asked_by) == ("amina", "cherono")
    for client, where in ((office, "/staff/"), (sign_in(Client(), amina), WAITING)):
        assert "director without a second person" in client.get(where).content.decode()
    assert not opens(invite(office, "director"))


def test_others_wait_until_the_first_director_has_come_in(office):
    waiting = invite(office, "caseworker", username="wanjiku")
    assert not opens(waiting)
    invite(office, "director", username="amina")
    amina = Staff.objects.get(username="amina")
    came_in(amina)
    decide(sign_in(Client(), amina), Staff.objects.get(username="wanjiku"))
    assert opens(waiting)


def test_a_director_who_never_came_in_gets_another_link(office):
    first = invite(office, "director", username="amina")
    amina = Staff.objects.get(username="amina")
    second = link_in(office.post(f"/staff/{amina.pk}/link/"))
    assert not opens(first)
    assert opens(second)


def test_ending_the_directors_role_makes_nobody_first_again(office, amina):
    office.post(f"/staff/{amina.pk}/end/", {"role": "director"})
    assert not opens(invite(office, "director"))
    assert viewer_for(Staff.objects.get(username="mallory")).roles == frozenset()


def test_the_only_director_is_not_shut_out_where_nobody_could_agree(office, amina):
    answer = office.post(f"/staff/{amina.pk}/link/", follow=True)
    assert "has the machine" in answer.content.decode()
    amina.refresh_from_db()
    assert amina.has_usable_password()


def test_who_asked_does_not_agree_whatever_they_became(cherono, amina):
    barasa = hire("barasa", Role.DATA_OFFICER)
    roles.grant_role(staff_id=barasa.pk, role=Role.CASEWORKER, by=actor(cherono))
    RoleGrant.objects.filter(staff=cherono).update(role=Role.DIRECTOR)
    with pytest.raises(NotPossible, match="than who asked"):
        agree_to(barasa, cherono)
    assert queries.waiting_for_a_director(viewer_for(cherono)) == []
    assert viewer_for(barasa).roles == {Role.DATA_OFFICER}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DIRECTOR])
def test_nobody_but_a_director_agrees(cherono, amina, role):
    barasa = hire("barasa", Role.DATA_OFFICER)
    roles.grant_role(staff_id=barasa.pk, role=Role.CASEWORKER, by=actor(cherono))
    other = hire("mutiso", role)
    client = sign_in(Client(), other)
    assert client.get(WAITING).status_code == 404
    assert client.post(f"/staff/{barasa.pk}/decide/", {"answer": "agree"}).status_code == 404
    with pytest.raises(NotPossible):
        agree_to(barasa, other)


def test_what_was_added_after_the_page_was_drawn_still_waits(cherono, amina):
    barasa = hire("barasa", Role.DATA_OFFICER)
    roles.grant_role(staff_id=barasa.pk, role=Role.TRAINER, by=actor(cherono))
    [seen] = queries.waiting_for_a_director(viewer_for(amina))
    roles.grant_role(staff_id=barasa.pk, role=Role.CASEWORKER, by=actor(cherono))
    agreement.agree(staff_id=barasa.pk, proposals=seen.proposals, by=actor(amina))
    assert viewer_for(barasa).roles == {Role.DATA_OFFICER, Role.TRAINER}
    with pytest.raises(NotPossible, match="waits any more"):
        agreement.agree(staff_id=barasa.pk, proposals=seen.proposals, by=actor(amina))


def test_a_link_made_later_is_not_the_one_agreed_to(cherono, amina, wanjiku):
    actions.issue_link(staff_id=wanjiku.pk, by=actor(cherono))
    [seen] = queries.waiting_for_a_director(viewer_for(amina))
    later = actions.issue_link(staff_id=wanjiku.pk, by=actor(cherono))
    with pytest.raises(NotPossible):
        agreement.agree(staff_id=wanjiku.pk, proposals=seen.proposals, by=actor(amina))
    assert not opens(f"/set-up/{later}/")


def test_what_waits_can_be_taken_back_and_goes_with_who_leaves(office, cherono, amina):
    barasa = hire("barasa", Role.DATA_OFFICER)
    for role in ("trainer", "caseworker"):
        office.post(f"/staff/{barasa.pk}/grant/", {"role": role})
    office.post(f"/staff/{barasa.pk}/end/", {"role": "trainer"})
    [left] = queries.waiting_for_a_director(viewer_for(amina))
    assert left.roles == (Role.CASEWORKER,)
    office.post(f"/staff/{barasa.pk}/deactivate/")
    assert queries.waiting_for_a_director(viewer_for(amina)) == []
    assert {row.outcome for row in Proposal.objects.all()} == {Outcome.WITHDRAWN}


def test_nothing_is_asked_twice(cherono, amina):
    barasa = hire("barasa", Role.DATA_OFFICER)
    roles.grant_role(staff_id=barasa.pk, role=Role.TRAINER, by=actor(cherono))
    with pytest.raises(NotPossible, match="waits for a director already"):
        roles.grant_role(staff_id=barasa.pk, role=Role.TRAINER, by=actor(cherono))
    assert len(ledger("staff.role_proposed")) == 1


def test_an_administrator_to_be_is_not_proposed_for_cases_besides(cherono, amina):
    barasa = hire("barasa", Role.DATA_OFFICER)
    roles.grant_role(staff_id=barasa.pk, role=Role.CASEWORKER, by=actor(cherono))
    with pytest.raises(NotPossible, match="cannot also work on cases"):
        roles.grant_role(staff_id=barasa.pk, role=Role.ADMINISTRATOR, by=actor(cherono))


def test_an_answer_that_is_none_is_no_page(amina, wanjiku):
    client = sign_in(Client(), amina)
    assert client.post(f"/staff/{wanjiku.pk}/decide/", {"answer": "perhaps"}).status_code == 404


def test_whoever_has_the_machine_asks_no_director(amina, wanjiku):
    token = actions.issue_link_by_name(username="wanjiku", by=OPERATOR)
    assert opens(f"/set-up/{token}/")


def test_the_machine_stands_in_for_directors_only_where_there_is_none(cherono, amina):
    barasa = hire("barasa", Role.DATA_OFFICER)
    roles.grant_role(staff_id=barasa.pk, role=Role.DIRECTOR, by=actor(cherono))
    with pytest.raises(NotPossible, match="director works here"):
        agreement.agree_on_the_machine(username="barasa", by=OPERATOR)
    roles.deactivate(staff_id=amina.pk, by=actor(cherono))
    assert agreement.agree_on_the_machine(username="Barasa", by=OPERATOR) == 1
    assert Role.DIRECTOR in viewer_for(barasa).roles

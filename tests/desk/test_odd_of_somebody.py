"""An item that says whose it is: her team sees and settles it, and nobody else."""

import pytest

from nyumbani.accounts.terms import Role
from nyumbani.audit.models import Entry
from nyumbani.cases.actions import break_glass
from tests.accounts.staff import hire
from tests.desk.world import at_desk, case_with, lets_in, odd_item, somebody
from tests.people_here import actor

pytestmark = pytest.mark.django_db
PAGE = "/inbox/odd/"


@pytest.fixture
def rehema(db):
    return somebody("Rehema")


def settle(staff, item):
    return at_desk(staff).post(f"/odd/{item.pk}/settle/")


def test_her_team_sees_it_and_an_outsider_does_not(wanjiku, kamau, rehema):
    case_with(wanjiku, rehema)
    odd_item("a hologram", person=rehema.person)
    page = at_desk(wanjiku).get(PAGE).content.decode()
    assert "a hologram" in page
    assert "Rehema" in page
    page = at_desk(kamau).get(PAGE).content.decode()
    assert "a hologram" not in page
    assert "Rehema" not in page


def test_an_outsider_settles_nothing_of_hers(wanjiku, kamau, rehema):
    case_with(wanjiku, rehema)
    item = odd_item(person=rehema.person)
    assert settle(kamau, item).status_code == 404
    item.refresh_from_db()
    assert item.settled_at is None
    settle(wanjiku, item)
    item.refresh_from_db()
    assert item.settled_by == wanjiku


@pytest.mark.parametrize("role", [Role.ESCORT, Role.LEGAL_OFFICER, Role.TRAINER])
def test_whoever_may_read_her_thread_sees_and_settles_it(wanjiku, rehema, role):
    case = case_with(wanjiku, rehema)
    colleague = hire("colleague", role)
    mine, nobodys = odd_item("hers", person=rehema.person), odd_item("of nobody")
    assert "hers" not in at_desk(colleague).get(PAGE).content.decode()
    lets_in(case, wanjiku, colleague)
    page = at_desk(colleague).get(PAGE).content.decode()
    assert "hers" in page
    assert "of nobody" not in page
    assert settle(colleague, mine)["Location"] == PAGE
    assert settle(colleague, nobodys).status_code == 404


def test_while_she_is_in_no_case_who_answers_the_inbox_sees_it(kamau, rehema):
    odd_item("a hologram", person=rehema.person)
    assert "a hologram" in at_desk(kamau).get(PAGE).content.decode()


def test_today_counts_only_what_one_may_see(wanjiku, kamau, rehema):
    case_with(wanjiku, rehema)
    odd_item(person=rehema.person)
    assert "1 item was not understood" in at_desk(wanjiku).get("/").content.decode()
    assert "not understood" not in at_desk(kamau).get("/").content.decode()


def test_looking_at_what_is_hers_is_written_down_under_her(wanjiku, rehema):
    odd_item(person=rehema.person)
    odd_item(person=rehema.person)
    odd_item()
    at_desk(wanjiku).get(PAGE)
    seen = Entry.objects.filter(verb="odd.seen").values_list("about", flat=True)
    assert sorted(seen) == ["inbox:odd", f"person:{rehema.person_id}"]


def test_our_words_for_what_is_wrong_come_in_the_readers_language(wanjiku, rehema):
    item = odd_item(person=rehema.person)
    item.why = "not understood; contents of type hologram not understood"
    item.save()
    answered = at_desk(wanjiku).get(PAGE)
    [(_, called, reasons, _)] = answered.context["items"]
    assert called.name == "Rehema"
    assert reasons == ["not understood", "contents of type hologram not understood"]


def test_whoever_sees_her_through_broken_glass_settles_nothing(wanjiku, kamau, rehema):
    case = case_with(wanjiku, rehema)
    item = odd_item("a hologram", person=rehema.person)
    break_glass(case=case, reason="She calls at night", by=actor(kamau))
    assert "a hologram" in at_desk(kamau).get(PAGE).content.decode()
    assert settle(kamau, item).status_code == 403
    item.refresh_from_db()
    assert item.settled_at is None

"""A woman who has no telephone is found all the same: on whose she writes, and by her name."""

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.team import CaseMembership
from nyumbani.inbox.actions import attributing
from nyumbani.inbox.actions.attributing import Newcomer
from nyumbani.inbox.models.attribution import MessagePerson
from nyumbani.kit import clock, ids
from tests.desk.world import (
    MINUTE,
    MONDAY,
    answer,
    at_desk,
    case_with,
    hear,
    somebody,
)
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def grace(wanjiku):
    thread = somebody("Grace")
    hear(thread, "This is Grace", at=MONDAY - 9 * MINUTE)
    thread.case = case_with(wanjiku, thread)
    return thread


def says_it_is(called, message, by, case=None):
    """Staff say who wrote it; returns her."""
    act = ids.new()
    attributing.say_writer(
        first=message, last=message, writer=Newcomer(case, called), act=act, by=actor(by)
    )
    return MessagePerson.objects.filter(act=act).first().person


@pytest.fixture
def salma(grace, wanjiku):
    return says_it_is(
        "Salma", hear(grace, "Help me", at=MONDAY - 5 * MINUTE), wanjiku, grace.case
    )  # fmt: skip


def shared(staff):
    return at_desk(staff).get("/inbox/shared/").content.decode()


def find(staff, words):
    return at_desk(staff).post("/inbox/search/", {"q": words, "done": "0"}).content.decode()


def test_she_stands_with_whose_telephone_it_is_and_leads_to_her_message(grace, salma, wanjiku):
    page = shared(wanjiku)
    row = page.partition('class="row"')[2]
    assert ">Salma<" in row
    assert "on the telephone of <bdi>Grace</bdi>" in row
    message = MessagePerson.objects.get().message
    assert f"/inbox/{grace.person_id}/?at={message.pk}#m-{message.pk}" in row
    assert f"/people/{salma.pk}/" in row
    assert "Help me" in at_desk(wanjiku).get(
        f"/inbox/{grace.person_id}/?at={message.pk}"
    ).content.decode()  # fmt: skip


def test_the_inbox_leads_there(wanjiku):
    assert 'href="/inbox/shared/"' in at_desk(wanjiku).get("/inbox/").content.decode()


def test_she_waits_until_somebody_answers_on_that_telephone(grace, salma, wanjiku):
    assert "waits" in shared(wanjiku)
    grace.refresh_from_db()
    answer(grace, "We read you", wanjiku)
    assert "waits" not in shared(wanjiku)


def test_she_is_found_by_her_name(salma, wanjiku):
    page = find(wanjiku, "salma")
    assert ">Salma<" in page
    assert "on the telephone of <bdi>Grace</bdi>" in page
    assert ">Salma<" not in find(wanjiku, "somebody else")


def test_who_has_a_telephone_of_her_own_stands_in_the_list_alone(grace, wanjiku):
    other = somebody("Ruth")
    case_with(wanjiku, other)
    hers = hear(grace, "Ruth here", at=MONDAY - MINUTE)
    attributing.say_writer(
        first=hers, last=hers, writer=other.person, act=ids.new(), by=actor(wanjiku)
    )  # fmt: skip
    assert "Ruth" not in shared(wanjiku)


def test_taken_back_she_stands_there_no_more(grace, salma, wanjiku):
    act = MessagePerson.objects.get().act
    attributing.take_back(act=act, about=grace.person, by=actor(wanjiku))
    assert "Salma" not in shared(wanjiku)


def test_another_team_neither_sees_nor_finds_her(salma, kamau, mutiso):
    assert "Salma" not in shared(kamau)
    assert "Salma" not in find(kamau, "salma")
    assert at_desk(mutiso).get("/inbox/shared/").status_code == 404


def test_who_may_know_of_her_but_not_of_the_telephone_is_not_told_of_it(
    grace, salma, wanjiku, kamau
):
    theirs = case_with(kamau)
    Member.objects.filter(person=salma).update(case=theirs)
    assert "Grace" not in shared(kamau)
    assert "Salma" not in shared(wanjiku)
    CaseMembership.objects.create(
        case=theirs, staff=wanjiku, role="team", since=clock.now(), given_by=wanjiku
    )
    assert "Salma" in shared(wanjiku)


def test_looking_is_written_down_without_a_name(salma, wanjiku):
    shared(wanjiku)
    line = Entry.objects.get(verb="shared.seen")
    assert b"Salma" not in bytes(line.body)


def test_as_many_queries_for_twenty_as_for_two(
    grace, salma, wanjiku, django_assert_max_num_queries
):
    desk = at_desk(wanjiku)
    desk.get("/inbox/shared/")
    with django_assert_max_num_queries(25) as few:
        desk.get("/inbox/shared/")
    for n in range(18):
        says_it_is(f"S{n}", hear(grace, f"word {n}", at=MONDAY), wanjiku, grace.case)
    with django_assert_max_num_queries(len(few)):
        desk.get("/inbox/shared/")

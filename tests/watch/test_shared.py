"""Who was heard from, where telephones are shared and conversations joined."""

import pytest

from nyumbani.cases.terms import Urgency
from nyumbani.inbox.actions import attributing, joining
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.kit import clock, ids
from nyumbani.people import actions as people
from nyumbani.watch.guard.silent import standing_of
from tests.desk.world import INTAKE, MONDAY, at_desk, case_with, hear, messenger, somebody
from tests.people_here import actor
from tests.watch.night import HOUR, MINUTE, awake, look_at, open_silences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def grace(wanjiku):
    """Wrote on Monday morning; her case says danger now: twelve hours."""
    thread = somebody("Grace")
    hear(thread, "This is Grace", at=MONDAY)
    case_with(wanjiku, thread, urgency=Urgency.NOW)
    return thread


@pytest.fixture
def salma(wanjiku):
    """Has no telephone."""
    person = people.meet(at=clock.now(), by=INTAKE)
    case_with(wanjiku, somebody("Somebody else"), urgency=Urgency.NOW)
    return person


def wrote(message, person, by):
    act = ids.new()
    attributing.say_writer(first=message, last=message, writer=person, act=act, by=actor(by))
    return act


def since(person):
    return standing_of(person.pk).since


def look(moment):
    awake(moment)
    return look_at(moment)


def test_what_another_woman_wrote_on_her_telephone_is_no_sign_of_her(grace, salma, wanjiku):
    later = hear(grace, "This is Salma, Grace is not here", at=MONDAY + 10 * HOUR)
    assert look(MONDAY + 12 * HOUR).raised == 0
    wrote(later, salma, wanjiku)
    assert since(grace.person) == MONDAY
    assert look(MONDAY + 12 * HOUR + MINUTE).raised == 1
    assert [row.person for row in open_silences()] == [grace.person]


def test_the_alarm_does_not_end_because_another_woman_writes(grace, salma, wanjiku):
    wrote(hear(grace, "Salma here", at=MONDAY + HOUR), salma, wanjiku)
    assert look(MONDAY + 12 * HOUR).raised == 1
    wrote(hear(grace, "Salma again", at=MONDAY + 13 * HOUR), salma, wanjiku)
    assert look(MONDAY + 14 * HOUR).settled == 0
    hear(grace, "It is Grace", at=MONDAY + 15 * HOUR)
    assert look(MONDAY + 16 * HOUR).settled == 1


def test_taken_back_it_counts_as_hers_again(grace, salma, wanjiku):
    later = hear(grace, "Hello", at=MONDAY + 10 * HOUR)
    act = wrote(later, salma, wanjiku)
    attributing.take_back(act=act, about=grace.person, by=actor(wanjiku))
    assert since(grace.person) == MONDAY + 10 * HOUR


def test_said_to_be_somebody_else_and_then_hers_it_counts_as_hers(grace, salma, wanjiku):
    later = hear(grace, "Hello", at=MONDAY + 10 * HOUR)
    wrote(later, salma, wanjiku)
    wrote(later, grace.person, wanjiku)
    assert since(grace.person) == MONDAY + 10 * HOUR
    assert since(salma) is None


def test_a_telephone_on_which_only_others_write_says_nothing_of_its_owner(salma, wanjiku):
    phone = somebody("Ruth")
    wrote(hear(phone, "Salma", at=MONDAY), salma, wanjiku)
    assert since(phone.person) is None
    assert since(salma) == MONDAY


def test_who_writes_on_anothers_telephone_is_missed_when_she_stops(grace, wanjiku):
    amina = people.meet(at=clock.now(), by=INTAKE)
    thread = Conversation(person=amina)
    case_with(wanjiku, thread, urgency=Urgency.NOW)
    wrote(hear(grace, "This is Amina", at=MONDAY + HOUR), amina, wanjiku)
    assert since(amina) == MONDAY + HOUR
    hear(grace, "This is Grace", at=MONDAY + 12 * HOUR)
    assert look(MONDAY + 13 * HOUR).raised == 1
    assert [row.person for row in open_silences()] == [amina]


def test_of_joined_conversations_the_newest_counts_for_both_until_undone(grace, wanjiku):
    other = somebody("", account=messenger())
    hear(other, "on the page", at=MONDAY + 11 * HOUR)
    row = joining.join(main=grace, other=other, why="her voice", by=actor(wanjiku))
    assert since(grace.person) == since(other.person) == MONDAY + 11 * HOUR
    assert look(MONDAY + 12 * HOUR).raised == 0
    joining.undo(row=row, by=actor(wanjiku))
    assert since(grace.person) == MONDAY
    assert look(MONDAY + 12 * HOUR).raised == 1


def test_what_is_said_to_be_her_other_self_is_a_sign_of_her(grace, salma, wanjiku):
    other = somebody("", account=messenger())
    joining.join(main=grace, other=other, why="her voice", by=actor(wanjiku))
    wrote(hear(grace, "me again", at=MONDAY + HOUR), other.person, wanjiku)
    assert since(grace.person) == since(other.person) == MONDAY + HOUR
    fresh = Conversation.objects.get(pk=grace.pk)
    wrote(hear(fresh, "Salma", at=MONDAY + 2 * HOUR), salma, wanjiku)
    assert since(grace.person) == since(other.person) == MONDAY + HOUR


def test_her_page_shows_it_to_her_team_and_to_nobody_else(grace, salma, wanjiku, kamau):
    wrote(hear(grace, "Salma", at=MONDAY + 10 * HOUR), salma, wanjiku)
    with clock.at(MONDAY + 11 * HOUR):
        page = at_desk(wanjiku).get(f"/inbox/{grace.person_id}/").content.decode()
        side = page.partition("Last sign of life")[2][:300]
        assert MONDAY.isoformat() in side or "08:03" in side
        assert "18:03" not in side
        assert at_desk(kamau).get(f"/inbox/{grace.person_id}/").status_code == 404

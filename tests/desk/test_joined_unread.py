"""Of two joined conversations somebody may read one alone: nothing of the other is shown."""

import pytest

from nyumbani.cases.models.members import Member
from nyumbani.cases.models.team import CaseMembership
from nyumbani.inbox.actions.joining import join
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.terms import ChangeKind, Way
from nyumbani.kit import clock
from tests.desk.world import (
    MINUTE,
    MONDAY,
    answer,
    at_desk,
    case_with,
    change,
    hear,
    lets_in,
    messenger,
    somebody,
)
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
HERS, OTHERS = "The gate is green", "My brother is in Sabha"


@pytest.fixture
def left(wanjiku, kamau):
    """The main one is Wanjiku's; the joined one is Kamau's alone, since she left his case."""
    main, other = somebody("Rehema"), somebody("", account=messenger())
    hear(main, HERS, at=MONDAY - 3 * MINUTE)
    case_with(wanjiku, main)
    theirs = case_with(kamau, other)
    lets_in(theirs, kamau, wanjiku)
    join(main=main, other=other, why="same voice", by=actor(wanjiku))
    return main, other, theirs


def leaves(staff, case):
    CaseMembership.objects.filter(case=case, staff=staff).update(until=clock.now())


def hear_joined(other, text, **more):
    """She writes on the joined one: the main one's row moves, as the intake moves it."""
    other = Conversation.objects.get(pk=other.pk)
    other.through = messenger()
    message = hear(other, text, **more)
    main = Conversation.objects.get(pk=other.joined_to_id)
    main.last_line, main.last_at, main.last_place = text, message.sent_at, message.place
    main.save()
    return message


def lists(staff):
    desk = at_desk(staff)
    return desk.get("/inbox/").content.decode() + desk.get("/").content.decode()


def test_the_row_shows_the_newest_words_one_may_read(left, wanjiku):
    main, other, theirs = left
    hear_joined(other, OTHERS)
    assert OTHERS in lists(wanjiku)
    leaves(wanjiku, theirs)
    page = lists(wanjiku)
    assert f"/inbox/{main.person_id}/" in page
    assert HERS in page
    assert OTHERS not in page


def test_nor_what_became_of_words_one_may_not_read(left, wanjiku):
    _main, other, theirs = left
    message = hear_joined(other, OTHERS)
    leaves(wanjiku, theirs)
    change(message, ChangeKind.EDIT, "My brother is in Kufra")
    page = lists(wanjiku)
    assert HERS in page
    assert "Kufra" not in page


def test_an_answer_one_may_not_read_is_not_shown_above_the_box(left, wanjiku, otieno):
    main, other, theirs = left
    hear_joined(other, OTHERS)
    desk = at_desk(wanjiku)
    page = desk.get(f"/inbox/{main.person_id}/")
    seen = page.context["form"].fields["seen"].initial
    case = Member.objects.get(person=main.person).case
    lets_in(case, wanjiku, otieno)
    lets_in(theirs, CaseMembership.objects.get(case=theirs, role="lead").staff, otieno)
    answer(Conversation.objects.get(pk=main.pk), "Go with Salma at nine", otieno)
    leaves(wanjiku, theirs)
    given = {"text": "We are here", "seen": seen}
    answered = desk.post(f"/inbox/{main.person_id}/reply/", given, follow=True).content.decode()
    assert "Go with Salma" not in answered
    by_otieno, ours = Message.objects.filter(way=Way.OUT).order_by("pk")
    assert (by_otieno.conversation, ours.conversation) == (other, main)

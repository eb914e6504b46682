"""Taking up a first message: one case for one conversation, whoever comes at the same moment."""

import pytest

from nyumbani.cases import actions as cases
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.members import Member
from nyumbani.cases.terms import Stage
from nyumbani.inbox.models.messages import Message
from nyumbani.kit import ids
from nyumbani.workflows.intake import (
    FirstWord,
    InCaseSince,
    TakenUpSince,
    take_up,
    take_up_once,
)
from tests.desk.world import case_with, hear, somebody
from tests.people_here import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
WORD = FirstWord(title="A house in Tripoli", about_somebody_else=True)


@pytest.fixture
def first(db):
    return hear(somebody("Rehema"), "My friend is beaten")


def as_read_before(message):
    """The message as another page read it, before anybody did anything."""
    return Message.objects.select_related("conversation", "conversation__person").get(pk=message.pk)


def test_two_colleagues_do_not_both_take_up_one_conversation(wanjiku, kamau, first):
    his = as_read_before(first)
    take_up(message=first, word=WORD, by=actor(wanjiku))
    with pytest.raises(TakenUpSince):
        take_up(message=his, word=WORD, by=actor(kamau))
    assert Case.objects.count() == 1
    assert not Case.objects.filter(opened_by=kamau).exists()


def test_a_second_case_of_ones_own_is_opened_only_knowingly(wanjiku, first):
    take_up(message=first, word=WORD, by=actor(wanjiku))
    with pytest.raises(InCaseSince):
        take_up(message=first, word=WORD, by=actor(wanjiku))
    take_up(message=first, word=WORD, another=True, by=actor(wanjiku))
    assert Case.objects.count() == 2


def test_after_a_closed_case_a_new_one_needs_no_question(wanjiku, first):
    closed = case_with(wanjiku, first.conversation)
    cases.move_stage(case=closed, stage=Stage.CLOSED, by=actor(wanjiku))
    take_up(message=first, word=WORD, by=actor(wanjiku))
    assert Case.objects.count() == 2


def test_one_page_leads_to_one_case_even_where_it_is_another_matter(wanjiku, first):
    once = ids.new()
    opened = {
        take_up_once(message=first, word=WORD, once=once, another=True, by=actor(wanjiku)).pk
        for _ in range(2)
    }
    assert opened == {once}
    assert Member.objects.count() == 2


def test_who_opens_no_cases_takes_nobody_up(amina, first):
    with pytest.raises(TakenUpSince):
        take_up(message=first, word=WORD, by=actor(amina))
    assert not Case.objects.exists()

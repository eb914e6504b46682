"""A case begins with the words as her thread shows them."""

import pytest

from nyumbani.inbox.terms import ChangeKind
from tests.desk.world import at_desk, change, hear, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(db):
    return hear(somebody("Rehema"), "He took her passport")


def page_of(staff, message):
    where = f"/inbox/{message.conversation.person_id}/{message.pk}/take-up/"
    return at_desk(staff).get(where)


def test_an_edited_message_offers_its_new_words(wanjiku, first):
    change(first, ChangeKind.EDIT, "He took her passport and her phone")
    page = page_of(wanjiku, first)
    assert page.context["form"]["alleged"].value() == "He took her passport and her phone"
    assert "Edited: what it said before" in page.content.decode()


def test_a_message_taken_back_says_so_and_offers_no_words(wanjiku, first):
    change(first, ChangeKind.DELETION)
    page = page_of(wanjiku, first)
    assert not page.context["form"]["alleged"].value()
    assert "This message was taken back" in page.content.decode()

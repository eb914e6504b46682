"""Receipts, several items at once, and items that are odd."""

import datetime as dt

import pytest

from nyumbani.inbox.channels.events import Kind, Name
from tests.inbox.channels.bodies import PAGE, events, messenger

pytestmark = pytest.mark.pure

REHEMA = Name("psid", "5000000000000001")
WANJIKU = Name("psid", "5000000000000003")


def test_a_delivery_names_some_messages_and_covers_all_before_its_watermark():
    first, second, all_before = events("messenger", "delivery")
    assert [event.refers_to for event in (first, second)] == ["m_OURS1", "m_OURS2"]
    assert {first.kind, second.kind} == {Kind.STATUS}
    assert {first.status, second.status, all_before.status} == {"delivered"}
    assert all_before.kind is Kind.WATERMARK
    assert all_before.sent_at == dt.datetime(2014, 7, 14, 9, 59, 59, tzinfo=dt.UTC)
    assert all_before.identifiers == (REHEMA,)


def test_a_watermark_alone_is_enough():
    assert messenger("delivery_watermark_only").kind is Kind.WATERMARK


def test_she_read_everything_before_the_watermark():
    event = messenger("read")
    assert (event.kind, event.status) == (Kind.WATERMARK, "read")
    assert event.sent_at == dt.datetime(2014, 7, 14, 9, 59, 59, 500_000, tzinfo=dt.UTC)


def test_a_delivery_of_nothing_is_kept():
    event = messenger("delivery_empty")
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.notes == ("delivery not understood",)


def test_every_entry_and_item_is_read_not_only_the_first():
    found = events("messenger", "batch")
    assert [event.text for event in found] == [
        "one",
        "two",
        "",
        "after the broken one",
        "to the other page",
        "standing by",
    ]
    assert [event.account for event in found] == [PAGE] * 4 + ["770000000000002"] * 2
    assert found[2].kind is Kind.NOT_UNDERSTOOD
    assert [event.identifiers for event in found] == [
        (REHEMA,),
        (WANJIKU,),
        (),
        (REHEMA,),
        (REHEMA,),
        (WANJIKU,),
    ]


def test_a_conversation_handed_over_is_kept_with_whose_it_is():
    event = messenger("handover")
    assert (event.kind, event.identifiers) == (Kind.NOT_UNDERSTOOD, (REHEMA,))
    assert event.data["raw"]["pass_thread_control"]["new_owner_app_id"] == "123"


def test_a_comment_on_the_page_is_kept():
    event = messenger("changes")
    assert (event.kind, event.account) == (Kind.NOT_UNDERSTOOD, PAGE)
    assert event.data["raw"]["value"]["message"] == "help"


def test_a_broken_part_does_not_take_the_words_with_it():
    message, left = events("messenger", "broken_part")
    assert (message.kind, message.text) == (Kind.MESSAGE, "readable")
    assert left.kind is Kind.NOT_UNDERSTOOD
    assert left.notes == ("reaction not understood",)


@pytest.mark.parametrize(
    ("name", "note"),
    [("no_sender", "who wrote, or to whom, is not said"), ("no_mid", "no message id")],
)
def test_a_message_that_lacks_something_is_shown_but_not_taken_for_understood(name, note):
    event = messenger(name)
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.text
    assert event.notes == (note,)


def test_an_entry_without_page_takes_the_page_from_its_items():
    event = messenger("no_page_id")
    assert (event.kind, event.account, event.identifiers) == (Kind.MESSAGE, PAGE, (REHEMA,))


def test_a_body_for_another_platform_is_one_item():
    assert messenger("another_object").kind is Kind.NOT_UNDERSTOOD

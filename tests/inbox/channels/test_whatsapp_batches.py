"""A webhook may hold many items, for several of our numbers, some of them broken."""

import pytest

from nyumbani.inbox.channels.events import Content, Kind
from tests.inbox.channels.bodies import (
    ACHIENG,
    DOOR,
    OTHER_DOOR,
    REHEMA,
    WANJIKU,
    events,
    whatsapp,
)

pytestmark = pytest.mark.pure


def test_every_entry_change_and_item_is_read_not_only_the_first():
    found = events("whatsapp", "batch")
    assert [event.kind for event in found] == [
        Kind.MESSAGE,
        Kind.MESSAGE,
        Kind.MESSAGE,
        Kind.NOT_UNDERSTOOD,
        Kind.MESSAGE,
        Kind.MESSAGE,
        Kind.STATUS,
        Kind.STATUS,
        Kind.STATUS,
    ]
    assert len({event.key for event in found}) == 9


def test_each_change_is_addressed_to_its_own_number():
    accounts = {event.text: event.account for event in events("whatsapp", "batch")}
    assert accounts["one"] == DOOR
    assert accounts["to the other number"] == OTHER_DOOR
    assert {event.account for event in events("whatsapp", "batch")[-2:]} == {DOOR}


def test_what_cannot_be_passed_on_or_read_does_not_stop_what_comes_after():
    texts = [event.text for event in events("whatsapp", "batch")]
    assert texts[:5] == ["one", "two", "", "", "after the broken one"]
    broken = events("whatsapp", "batch")[3]
    assert broken.data["raw"] == "not even an object"


def test_every_item_of_a_batch_belongs_to_whoever_sent_it():
    found = events("whatsapp", "batch")
    assert [event.identifiers for event in found] == [
        (REHEMA,),
        (ACHIENG,),
        (REHEMA,),
        (),
        (REHEMA,),
        (WANJIKU,),
        (WANJIKU,),
        (REHEMA,),
        (ACHIENG,),
    ]


def test_the_pictures_of_an_album_are_all_from_one_person():
    found = events("whatsapp", "album")
    assert [event.content for event in found] == [Content.IMAGE] * 3
    assert {event.identifiers for event in found} == {(REHEMA,)}
    assert len({event.media[0].provider_id for event in found}) == 3


def test_a_webhook_about_the_account_is_kept_whole():
    event = whatsapp("unknown_field")
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.data["raw"]["value"]["event"] == "ACCOUNT_RESTRICTION"
    assert event.data["business"] == "990000000000001"
    assert event.notes == ("webhook field account_update is not known, or holds nothing",)


def test_a_call_is_kept_with_who_called_and_when():
    first, second = events("whatsapp", "unknown_list")
    assert first.kind is second.kind is Kind.NOT_UNDERSTOOD
    assert first.identifiers == second.identifiers == (REHEMA,)
    assert first.sent_at is not None
    assert first.data["raw"]["direction"] == "USER_INITIATED"
    assert first.key != second.key


def test_what_stands_beside_the_messages_is_kept_with_the_first_of_them():
    event = whatsapp("something_beside_the_messages")
    assert (event.kind, event.text) == (Kind.MESSAGE, "with company")
    assert event.data["also"] == {"weather": {"sky": "clear"}}


def test_a_message_that_came_through_no_named_number_is_read():
    event = whatsapp("no_phone_number_id")
    assert (event.kind, event.account) == (Kind.MESSAGE, "")
    assert event.notes == ("which of our numbers it came through is not said",)


def test_a_change_that_holds_nothing_is_shown():
    event = whatsapp("empty_change")
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.account == DOOR


def test_items_that_hold_nothing_are_all_shown():
    found = events("whatsapp", "empty_items")
    assert [event.kind for event in found] == [Kind.NOT_UNDERSTOOD] * 9
    assert found[0].data["also"] == {"contacts": ["not a card"]}


def test_a_body_for_another_door_is_one_item_known_by_its_checksum():
    event = whatsapp("another_object")
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.data["raw"]["object"] == "page"

"""What comes from the organisation's own phone: echoes, its past, its address book."""

import datetime as dt
import hashlib

import pytest

from nyumbani.inbox.channels.events import Content, Kind, Name
from tests.inbox.channels.bodies import DOOR, NAFULA, REHEMA, events, whatsapp

pytestmark = pytest.mark.pure


def test_what_staff_type_on_the_phone_goes_to_her_thread():
    echo, revoke = events("whatsapp", "message_echo")
    assert (echo.kind, echo.by_staff) == (Kind.ECHO, True)
    assert echo.text == "We have found a place for tonight"
    assert echo.identifiers == (REHEMA, Name("bsuid", "KE.1000000000000000001"))
    assert (revoke.kind, revoke.by_staff) == (Kind.DELETION, True)
    assert revoke.refers_to == echo.message_id


def test_the_past_tells_both_sides_apart():
    ours, file, hers, unclear, no_number, failed, broken = events("whatsapp", "history")
    assert (ours.kind, ours.by_staff, ours.status) == (Kind.ECHO, True, "read")
    assert ours.identifiers == hers.identifiers == (REHEMA,)
    assert (hers.kind, hers.by_staff, hers.text) == (Kind.MESSAGE, False, "Still here")
    assert hers.status == ""
    assert hers.sent_at == dt.datetime.fromtimestamp(1400000020, tz=dt.UTC)
    assert no_number.identifiers == failed.identifiers == (NAFULA, Name("username", "nafula.k"))
    assert (no_number.kind, failed.kind, failed.status) == (Kind.MESSAGE, Kind.ECHO, "failed")
    assert unclear.kind is Kind.NOT_UNDERSTOOD
    assert unclear.notes[0] == "who of the two wrote is not clear"
    assert broken.data["raw"] == "not a thread"
    assert file.content is Content.NONE


def test_the_past_of_somebody_without_number_is_told_by_her_id():
    hers, changed, ours = events("whatsapp", "history_without_numbers")
    assert (hers.kind, hers.identifiers) == (Kind.MESSAGE, (NAFULA,))
    assert (changed.kind, changed.former) == (Kind.IDENTITY, (NAFULA,))
    assert (ours.kind, ours.identifiers, ours.status) == (Kind.ECHO, (NAFULA,), "delivered")


def test_nothing_of_the_past_is_taken_for_news():
    for name in ("history", "history_media", "history_declined", "history_progress"):
        assert all(event.past for event in events("whatsapp", name))
    assert events("whatsapp", "history")[0].data["history"] == {
        "phase": 0,
        "chunk_order": 1,
        "progress": 55,
        "status": "READ",
    }
    assert not whatsapp("text").past


def test_a_file_that_follows_its_placeholder_is_no_duplicate_of_it():
    placeholder = events("whatsapp", "history")[1]
    image, voice = events("whatsapp", "history_media")
    assert placeholder.key == f'["placeholder","{DOOR}","wamid.H2"]'
    assert (placeholder.message_id, placeholder.refers_to) == ("", "wamid.H2")
    assert voice.key == f'["message","{DOOR}","wamid.H2"]'
    assert (voice.kind, voice.content, voice.by_staff) == (Kind.ECHO, Content.VOICE, True)
    assert (image.kind, image.text) == (Kind.MESSAGE, "the house")


def test_a_checksum_in_hex_is_taken_as_it_is():
    image, _ = events("whatsapp", "history_media")
    assert image.media[0].sha256 == hashlib.sha256(b"past").hexdigest()


def test_a_file_of_ours_that_does_not_say_to_whom_is_not_taken_for_hers():
    event = whatsapp("history_media_ours")
    assert (event.kind, event.by_staff) == (Kind.NOT_UNDERSTOOD, True)
    assert event.identifiers == ()
    assert event.media[0].provider_id == "media-h8"


def test_staff_who_do_not_share_their_past_are_reported():
    event = whatsapp("history_declined")
    assert event.kind is Kind.SYSTEM
    assert event.problems[0].code == 2593109


def test_a_chunk_without_conversations_still_tells_how_far_it_is():
    event = whatsapp("history_progress")
    assert event.kind is Kind.SYSTEM
    assert event.data["history"] == {"phase": 2, "chunk_order": 9, "progress": 100}


def test_the_address_book_is_a_notice_not_a_message():
    added, removed, label = events("whatsapp", "state_sync")
    assert (added.kind, added.by_staff) == (Kind.SYSTEM, True)
    assert added.identifiers == (Name("msisdn", "218910000001"),)
    assert added.profile_name == "Rehema Tripoli"
    assert (added.data["action"], removed.data["action"]) == ("add", "remove")
    assert label.kind is Kind.NOT_UNDERSTOOD

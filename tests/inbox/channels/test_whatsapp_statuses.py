"""How far our messages have come, and what the platform reports beside that."""

import datetime as dt

import pytest

from nyumbani.inbox.channels.events import Kind, Name, Problem
from tests.inbox.channels.bodies import DOOR, NAFULA, REHEMA, events, whatsapp

pytestmark = pytest.mark.pure


def test_a_status_names_the_message_the_person_and_our_own_attempt():
    event = whatsapp("status_sent")
    assert (event.kind, event.status) == (Kind.STATUS, "sent")
    assert event.refers_to == event.message_id == "wamid.OURS1"
    assert event.callback == "01JATTEMPT"
    assert event.identifiers == (REHEMA, Name("bsuid", "KE.1000000000000000001"))
    assert event.data["pricing"]["category"] == "service"
    assert event.data["conversation"]["id"] == "conv-1"


def test_a_failure_says_why():
    event = whatsapp("status_failed")
    assert event.status == "failed"
    assert event.callback == "01JATTEMPT"
    assert event.problems == (
        Problem(
            131047,
            "Re-engagement message",
            "More than 24 hours have passed since the recipient last replied",
        ),
    )


def test_a_voice_note_of_ours_was_played():
    assert whatsapp("status_played").status == "played"


def test_statuses_in_any_order_keep_their_own_times_and_keys():
    found = events("whatsapp", "statuses_out_of_order")
    assert [event.status for event in found] == ["read", "delivered", "sent"]
    times = [event.sent_at for event in found]
    assert all(isinstance(time, dt.datetime) for time in times)
    assert times == sorted(times, reverse=True)
    assert len({event.key for event in found}) == 3


def test_a_status_for_somebody_without_number_names_her_by_id():
    event = whatsapp("status_bsuid")
    assert event.identifiers == (
        NAFULA,
        Name("parent_bsuid", "KE.ENT.2000000000000000004"),
        Name("username", "nafula.k"),
    )


def test_in_a_group_each_member_has_a_status_of_her_own():
    first, second = events("whatsapp", "status_group")
    assert (first.identifiers, second.identifiers) == ((REHEMA,), (NAFULA,))
    assert first.data["group_id"] == second.data["group_id"] == "group-1"
    assert first.key != second.key


def test_a_status_nobody_knows_is_kept_and_the_next_is_read():
    odd, sent = events("whatsapp", "status_unknown")
    assert (odd.kind, odd.status) == (Kind.NOT_UNDERSTOOD, "")
    assert odd.refers_to == "wamid.OURS6"
    assert odd.data["raw"]["status"] == "teleported"
    assert (sent.kind, sent.status) == (Kind.STATUS, "sent")


def test_a_status_of_no_message_is_kept():
    event = whatsapp("status_without_id")
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.notes == ("no message id",)


def test_an_error_of_our_number_is_a_notice_about_nobody():
    event = whatsapp("errors")
    assert (event.kind, event.account, event.identifiers) == (Kind.SYSTEM, DOOR, ())
    assert event.problems[0].code == 130429
    assert event.text == "Rate limit hit"


def test_a_wish_for_fewer_messages_is_a_notice_about_her():
    event = whatsapp("user_preferences")
    assert (event.kind, event.identifiers) == (Kind.SYSTEM, (REHEMA,))
    assert event.data == {
        "system": "preference",
        "category": "marketing_messages",
        "value": "stop",
    }

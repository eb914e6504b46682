"""What goes out on Messenger, and what the platform's answers mean."""

import json

import pytest

from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.messenger import profile, send
from nyumbani.inbox.channels.outgoing import Accepted, CannotSend, Outgoing, Refused, Unclear
from tests.inbox.channels.bodies import PAGE

pytestmark = pytest.mark.pure

REHEMA = Name("psid", "5000000000000001")


def text(**change):
    return send.text(
        **{"account": PAGE, "to": REHEMA, "body": "Uko salama?", "callback": "01JATTEMPT", **change}
    )


def refusal(code: int, subcode: int | None = None) -> bytes:
    error = {"code": code, "message": "no", "error_subcode": subcode}
    return json.dumps({"error": error}).encode()


def test_words_go_to_a_person_as_an_answer_and_carry_our_attempt():
    assert text() == Outgoing(
        "POST",
        "/v25.0/me/messages",
        {
            "recipient": {"id": "5000000000000001"},
            "messaging_type": "RESPONSE",
            "message": {"text": "Uko salama?", "metadata": "01JATTEMPT"},
        },
    )


def test_staff_may_write_after_the_window_under_their_own_tag():
    late = send.late_text(account=PAGE, to=REHEMA, body="Uko salama?", callback="1").json
    assert (late["messaging_type"], late["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")
    assert late == text(callback="1", human_agent=True).json


def test_a_reply_and_a_website_reference():
    request = text(to=Name("user_ref", "website-1"), reply_to="m_TEXT1").json
    assert request["recipient"] == {"user_ref": "website-1"}
    assert request["reply_to"] == {"mid": "m_TEXT1"}


@pytest.mark.parametrize(
    "change",
    [
        {"body": ""},
        {"body": "x" * 2001},
        {"to": Name("wa_id", "218910000001")},
        {"to": Name("psid", "")},
    ],
)
def test_what_would_be_refused_is_not_sent(change):
    with pytest.raises(CannotSend):
        text(**change)


def test_the_longest_words_go_out():
    assert text(body="x" * 2000).json["message"]["text"] == "x" * 2000


def test_an_accepted_message_has_an_id():
    body = b'{"recipient_id": "5000000000000001", "message_id": "m_OURS1"}'
    assert send.answer(200, body) == Accepted("m_OURS1", (REHEMA,))
    assert isinstance(send.answer(200, b'{"recipient_id": "5000000000000001"}'), Unclear)


def test_the_closed_window_is_told_by_its_subcode():
    closed, not_permitted = send.answer(400, refusal(10, 2018278)), send.answer(400, refusal(10))
    assert isinstance(closed, Refused)
    assert closed.window_closed
    assert closed.subcode == 2018278
    assert not not_permitted.window_closed
    assert closed.retry_after is not_permitted.retry_after is None


def test_an_expired_token_stops_the_channel_and_a_throttle_passes():
    assert send.answer(401, refusal(190)).stops_channel
    assert send.answer(400, refusal(613)).retry_after is not None
    assert send.refused(551).retry_after is None
    assert send.refused(100).title == "a field is wrong"


def test_her_name_is_asked_for_separately():
    assert profile.lookup(person=REHEMA) == Outgoing(
        "GET", "/v25.0/5000000000000001?fields=first_name,last_name"
    )
    assert profile.name(200, b'{"first_name": "Rehema", "last_name": "T."}') == "Rehema T."
    assert isinstance(profile.name(200, b'{"id": "5"}'), Unclear)
    assert isinstance(profile.name(400, refusal(100)), Refused)

"""Requests to the SMS gateway, what its answers mean, and how long a text is."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.outgoing import Accepted, CannotSend, Missed, Refused, Unclear
from nyumbani.inbox.channels.sms.length import length

pytestmark = pytest.mark.pure

SMS = registry.channel("sms")
REHEMA = Name("msisdn", "+218910000001")
SECRETS = {"username": "nyumbani", "api_key": "siri"}


def request(body="Tuko hapa.", to=REHEMA):
    return SMS.text(account="22384", to=to, body=body, callback="01J")


def answered(code=101, status="Success", name="ATXid_1", http=201):
    recipient = {
        "statusCode": code, "number": REHEMA.value, "status": status, "messageId": name,
        "cost": "KES 0.8000",
    }  # fmt: skip
    said = {"SMSMessageData": {"Message": "Sent to 1/1", "Recipients": [recipient]}}
    return SMS.answer(http, json.dumps(said).encode())


def test_a_message_is_a_form_and_the_key_stands_beside_it():
    out = SMS.platform.authorised(request(), SECRETS)
    assert (out.method, out.path, out.json) == ("POST", "/version1/messaging", None)
    assert out.form == {
        "username": "nyumbani", "to": "+218910000001", "message": "Tuko hapa.", "from": "22384",
        "enqueue": "1",
    }  # fmt: skip
    assert out.headers["apiKey"] == "siri"
    assert "siri" not in repr(out.form)


@pytest.mark.parametrize("code", [100, 101, 102, "102"])
def test_what_is_taken_on_is_accepted_with_its_id(code):
    assert answered(code) == Accepted("ATXid_1", (REHEMA,))


@pytest.mark.parametrize("code", [401, 403, 404, 406, 409, 502])
def test_a_number_that_cannot_be_written_to_is_refused_for_good(code):
    refusal = answered(code, "UserInBlacklist", "None")
    assert isinstance(refusal, Refused)
    assert (refusal.code, refusal.retry_after, refusal.stops_channel) == (code, None, False)
    assert refusal.meaning != "refused"


@pytest.mark.parametrize("code", [402, 405])
def test_without_credit_or_a_name_the_channel_stops(code):
    assert answered(code, name="None").stops_channel


@pytest.mark.parametrize("code", [407, 500, 501])
def test_trouble_on_their_side_is_tried_again_later(code):
    assert answered(code, name="None").retry_after >= dt.timedelta(minutes=1)


def test_nobody_it_went_to_is_refused_by_the_word_that_says_why():
    said = json.dumps({"SMSMessageData": {"Message": "InvalidSenderId", "Recipients": []}})
    assert SMS.answer(201, said.encode()).code == 402


@pytest.mark.parametrize("status", [200, 201, 500, 502, 504, 408])
@pytest.mark.parametrize(
    "body", [b"", b"{}", b"<html>", b'{"SMSMessageData": {"Recipients": [{}]}}']
)
def test_an_answer_that_says_nothing_clear_leaves_it_open(status, body):
    assert isinstance(SMS.answer(status, body), Unclear)


def test_accepted_without_an_id_is_not_called_sent():
    assert isinstance(answered(101, name=""), Unclear)
    assert isinstance(answered(101, name="None"), Unclear)


def test_https_own_codes_are_not_the_gateways():
    """401 from the gateway is "held as a risk", from the web server it is a wrong key."""
    assert SMS.answer(401, b"The supplied authentication is invalid").stops_channel
    assert SMS.answer(503, b"").retry_after
    assert SMS.answer(429, b"").retry_after


@given(status=st.integers(100, 599), body=st.binary(max_size=60))
def test_no_answer_is_too_odd(status, body):
    assert isinstance(SMS.answer(status, body), Refused | Unclear)


@pytest.mark.parametrize("to", [Name("sender", "LIBYANA"), Name("msisdn", ""), Name("tg_id", "1")])
def test_a_name_cannot_be_written_to(to):
    with pytest.raises(CannotSend):
        request(to=to)


@pytest.mark.parametrize(
    ("text", "taken", "parts", "limit"),
    [
        ("a" * 160, 160, 1, 918),
        ("a" * 161, 161, 2, 918),
        ("a" * 306, 306, 2, 918),
        ("a" * 307, 307, 3, 918),
        ("€" * 80, 160, 1, 918),  # each takes the room of two
        ("a" * 152 + "€" + "a" * 10, 165, 2, 918),  # not cut in two: one place stays empty
        ("è" * 160, 160, 1, 918),
        ("á" + "a" * 69, 70, 1, 402),  # one sign outside the small alphabet
        ("á" + "a" * 70, 71, 2, 402),
        ("س" * 134, 134, 2, 402),
        ("🙏" * 35, 70, 1, 402),
        ("🙏" * 34 + "aaa", 72, 2, 402),  # half an emoji is not cut off
        ("ሀ" * 70, 70, 1, 402),
    ],
)
def test_a_text_is_counted_as_networks_count_it(text, taken, parts, limit):
    found = length(text)
    assert (found.taken, found.parts, found.limit) == (taken, parts, limit)


def test_the_longest_text_fits_and_one_sign_more_does_not():
    for sign, most in (("a", 918), ("س", 402)):
        assert request(sign * most)
        with pytest.raises(CannotSend):
            request(sign * (most + 1))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=900))
def test_too_long_means_more_than_six_parts(text):
    found = length(text)
    assert (found.taken > found.limit) == (found.parts > 6)


def test_an_empty_text_is_not_sent():
    with pytest.raises(CannotSend):
        request("  ")


def test_missed_messages_are_asked_for_after_the_last_one():
    ask = SMS.platform.authorised(SMS.recovery.ask(account="22384", since="15071"), SECRETS)
    assert (ask.method, ask.path) == (
        "GET", "/version1/messaging?lastReceivedId=15071&username=nyumbani",
    )  # fmt: skip
    assert "lastReceivedId=0" in SMS.recovery.ask(account="22384", since="").path


def listed(*ids):
    messages = [{"id": one, "text": "x"} for one in ids]
    return json.dumps({"SMSMessageData": {"Messages": messages}}).encode()


@pytest.mark.parametrize(
    ("ids", "up_to"),
    [
        ([], ""),
        ([9, 10, 2], "10"),
        (["9", "10"], "10"),
        ([None, "a-b", "c-d"], "c-d"),
        ([None], ""),
    ],
)
def test_where_to_go_on_is_the_greatest_id(ids, up_to):
    assert SMS.recovery.found(200, listed(*ids)).up_to == up_to


def test_an_answer_to_asking_is_a_list_or_nothing():
    assert SMS.recovery.found(200, listed()) == Missed(0, "")
    assert isinstance(SMS.recovery.found(200, b"{}"), Unclear)
    assert isinstance(SMS.recovery.found(502, b""), Unclear)
    assert SMS.recovery.found(401, b"").stops_channel

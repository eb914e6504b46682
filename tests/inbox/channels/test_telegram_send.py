"""Requests to the Bot API, what its answers mean, and where files lie."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.outgoing import Accepted, CannotSend, MediaPlace, Refused, Unclear

pytestmark = pytest.mark.pure

TELEGRAM = registry.channel("telegram")
REHEMA = Name("tg_id", "7014")
SECRETS = {"access_token": "123:siri-siri-siri-siri-siri", "secret_token": "neno"}


def request(body="Tuko hapa.", to=REHEMA, reply_to=""):
    return TELEGRAM.text(account="123", to=to, body=body, callback="01J", reply_to=reply_to)


def said(status, **body):
    return TELEGRAM.answer(status, json.dumps(body).encode())


def no(code, words="", **parameters):
    return said(code, ok=False, error_code=code, description=words, parameters=parameters)


def test_a_message_goes_to_her_account_and_the_token_into_the_address():
    out = TELEGRAM.platform.authorised(request(reply_to="7014:9"), SECRETS)
    assert (out.method, out.path) == ("POST", "/bot123:siri-siri-siri-siri-siri/sendMessage")
    assert out.json == {
        "chat_id": "7014", "text": "Tuko hapa.", "link_preview_options": {"is_disabled": True},
        "reply_parameters": {"message_id": 9, "allow_sending_without_reply": True},
    }  # fmt: skip


@pytest.mark.parametrize("quoted", ["-1001:9", "callback:77", "", "7014:9:715", "7014:x"])
def test_only_a_message_of_her_own_chat_can_be_quoted(quoted):
    assert "reply_parameters" not in request(reply_to=quoted).json


@pytest.mark.parametrize("to", [Name("username", "reh"), Name("tg_id", ""), Name("msisdn", "+2")])
def test_only_an_account_can_be_written_to(to):
    with pytest.raises(CannotSend):
        request(to=to)


@pytest.mark.parametrize(("sign", "most"), [("a", 4096), ("س", 4096), ("🙏", 2048)])
def test_the_longest_text_fits_and_one_sign_more_does_not(sign, most):
    assert TELEGRAM.length_of(sign * most).taken == 4096
    assert request(sign * most)
    with pytest.raises(CannotSend):
        request(sign * (most + 1))


def test_accepted_is_known_by_chat_and_number():
    result = {"message_id": 12, "chat": {"id": 7014, "type": "private"}, "date": 1}
    assert said(200, ok=True, result=result) == Accepted("7014:12", (REHEMA,))


@pytest.mark.parametrize(
    ("code", "words", "meaning", "stops"),
    [
        (403, "Forbidden: bot was blocked by the user", "she has blocked our bot", False),
        (403, "Forbidden: user is deactivated", "her account is closed", False),
        (400, "Bad Request: chat not found", "she has never started our bot", False),
        (400, "Bad Request: something new", "a field is wrong", False),
        (403, "Forbidden: something new", "she does not let our bot write to her", False),
        (401, "Unauthorized", "the bot's token is not valid", True),
        (404, "Not Found", "the bot's token is not valid", True),
    ],
)
def test_a_refusal_is_told_in_our_words_and_is_final(code, words, meaning, stops):
    refusal = no(code, words)
    assert (refusal.meaning, refusal.stops_channel) == (meaning, stops)
    assert refusal.retry_after is None


def test_too_many_messages_wait_as_long_as_telegram_says():
    assert no(429, "Too Many Requests", retry_after=35).retry_after == dt.timedelta(seconds=35)
    assert no(429, "Too Many Requests", retry_after=0).retry_after == dt.timedelta(seconds=1)
    assert no(429, "x", retry_after=10**15).retry_after == dt.timedelta(days=1)
    assert no(429, "x").retry_after is not None


@pytest.mark.parametrize("status", [200, 500, 502, 504, 408])
@pytest.mark.parametrize(
    "body", [b"", b"{}", b"<html>", b'{"ok": true}', b'{"ok":true,"result":{}}']
)
def test_an_answer_that_says_nothing_clear_leaves_it_open(status, body):
    assert isinstance(TELEGRAM.answer(status, body), Unclear)


def test_trouble_inside_telegram_leaves_it_open():
    assert isinstance(no(500, "Internal Server Error"), Unclear)
    assert isinstance(TELEGRAM.answer(503, b""), Refused)


@given(status=st.integers(100, 599), body=st.binary(max_size=60))
def test_no_answer_is_too_odd(status, body):
    assert isinstance(TELEGRAM.answer(status, body), Refused | Unclear)


def place(**result):
    body = json.dumps({"ok": True, "result": result}).encode()
    return TELEGRAM.media_place(200, body)


def test_a_file_is_asked_for_and_fetched_below_the_token():
    ask = TELEGRAM.media_lookup(account="123", provider_id="Ag/AC?&")
    assert ask.path == "/getFile?file_id=Ag%2FAC%3F%26"
    found = place(file_path="voice/file 1.oga", file_size=9)
    assert found == MediaPlace(path="/file/voice/file%201.oga", size=9)
    fetched = TELEGRAM.platform.authorised(type(ask)("GET", found.path), SECRETS)
    assert fetched.path == "/file/bot123:siri-siri-siri-siri-siri/voice/file%201.oga"
    with pytest.raises(CannotSend):
        TELEGRAM.media_lookup(account="123", provider_id="")


@pytest.mark.parametrize("path", ["", "../bot1/getMe", "/etc/passwd", "a//b", "a/./b", "a/.."])
def test_a_place_that_leads_elsewhere_is_no_place(path):
    assert isinstance(place(file_path=path), Unclear)


def test_a_path_cannot_end_the_address_early():
    assert place(file_path="a?b#c/%2e%2e").path == "/file/a%3Fb%23c/%252e%252e"


def test_what_is_too_large_will_not_come():
    body = {"ok": False, "error_code": 400, "description": "Bad Request: file is too big"}
    refusal = TELEGRAM.media_place(400, json.dumps(body).encode())
    assert isinstance(refusal, Refused)
    assert refusal.meaning == "larger than the 20 MB that Telegram gives to bots"
    assert (refusal.retry_after, refusal.stops_channel) == (None, False)

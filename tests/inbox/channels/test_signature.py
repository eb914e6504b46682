"""Whether a webhook is genuine, and the question a platform asks before it sends any."""

import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.inbox.channels.signature import is_genuine, sign
from nyumbani.inbox.channels.subscription import challenge_answer

pytestmark = pytest.mark.pure

SECRET = "invented-app-secret"
BODY = b'{"object":"page","text":"habari \\ud83d\\ude4f"}'
# Worked out with another tool: openssl dgst -sha256 -hmac SECRET
KNOWN = "sha256=07a0860a3f167ac4ccabb26b417f4a6bcb9c89811edfa662c92a6f68657a4708"


def test_a_body_signed_with_our_secret_is_genuine():
    assert is_genuine(BODY, KNOWN, SECRET)
    assert sign(BODY, SECRET) == KNOWN


def test_the_signature_is_over_the_bytes_not_over_what_they_mean():
    again = json.dumps(json.loads(BODY), separators=(",", ":"), ensure_ascii=False).encode()
    assert json.loads(again) == json.loads(BODY)
    assert not is_genuine(again, KNOWN, SECRET)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "sha256=",
        KNOWN.removeprefix("sha256="),
        "sha1=" + hmac.new(SECRET.encode(), BODY, hashlib.sha1).hexdigest(),
        KNOWN[:-1],
        KNOWN + "0",
        KNOWN + ", " + KNOWN,
        "sha256=" + "٣" * 64,
        "sha256=" + "g" * 64,
    ],
)
def test_a_header_of_another_form_is_not_believed(header):
    assert not is_genuine(BODY, header, SECRET)


def test_another_secret_or_none_is_not_believed():
    assert not is_genuine(BODY, KNOWN, SECRET + "x")
    assert not is_genuine(BODY, sign(BODY, ""), "")


@given(st.binary(min_size=1, max_size=60), st.data())
def test_one_changed_byte_is_noticed(body, data):
    at = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != body[at]))
    changed = body[:at] + bytes([other]) + body[at + 1 :]
    assert is_genuine(body, sign(body, SECRET), SECRET)
    assert not is_genuine(changed, sign(body, SECRET), SECRET)


def asked(**change: str) -> dict[str, str]:
    query = {"hub.mode": "subscribe", "hub.verify_token": "karibu", "hub.challenge": "1158201444"}
    return {**query, **{name.replace("_", ".", 1): value for name, value in change.items()}}


def test_who_knows_the_word_gets_the_challenge_back():
    assert challenge_answer(asked(), "karibu") == "1158201444"


@pytest.mark.parametrize(
    "query",
    [
        {},
        asked(hub_mode="unsubscribe"),
        asked(hub_verify_token="hodi"),
        asked(hub_verify_token=""),
        asked(hub_challenge=""),
        asked(hub_verify_token="\ud800"),
    ],
)
def test_who_does_not_know_the_word_gets_nothing(query):
    assert challenge_answer(query, "karibu") is None


def test_an_empty_word_opens_to_nobody():
    assert challenge_answer(asked(hub_verify_token=""), "") is None

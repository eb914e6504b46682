"""Whatever comes to the SMS door, the parser never raises and no item is dropped in silence."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import Kind
from tests.inbox.channels.odd import can_be_stored

pytestmark = [pytest.mark.pure, pytest.mark.slow]
patient = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

NAMES = [
    "id", "linkId", "text", "to", "from", "date", "status", "phoneNumber", "networkCode",
    "failureReason", "retryCount", "senderId", "SMSMessageData", "Messages", "text (repeated)",
]  # fmt: skip
names = st.sampled_from(NAMES) | st.text(max_size=6)
words = (
    st.text(max_size=12)
    | st.sampled_from(["", "\x00", "+218910000001", " 218910000001", "Success", "1e400", "😀" * 90])
    | st.sampled_from(["2014-07-14T05:03:18Z", "9999-12-31T23:59:59-14:00", "0001-01-01 00:00+14"])
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | words
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=10,
)


def parse(body):
    return registry.channel("sms").parse(body)


@given(st.binary(max_size=200))
@patient
def test_any_bytes_give_at_least_one_event(body):
    assert can_be_stored(parse(body))


@given(st.binary(max_size=40), st.sampled_from([b"id=1&from=%2B2189&text=", b"status=", b'{"id":']))
@patient
def test_any_bytes_after_a_good_beginning_give_at_least_one_event(body, beginning):
    assert can_be_stored(parse(beginning + body))


@given(st.lists(st.tuples(names, words), max_size=10))
@patient
def test_any_form_gives_one_event_that_holds_all_its_values(fields):
    body = urlencode(fields, errors="surrogatepass").encode()
    events = parse(body)
    assert can_be_stored(events)
    assert len(events) == 1
    if any(name in {"text", "from", "to", "date", "linkId"} for name, _ in fields):
        last = dict(fields)
        assert events[0].text == last.get("text", "").replace("\x00", "\ufffd")


@given(trees)
@patient
def test_any_json_gives_at_least_one_event(value):
    assert can_be_stored(parse(json.dumps(value).encode("utf-8", "surrogatepass")))


@given(st.lists(st.dictionaries(names, scalars, max_size=6) | scalars, min_size=1, max_size=6))
@patient
def test_a_list_gives_exactly_the_events_of_its_items(items):
    """None hides another, and the same item has the same key alone and among others."""

    def keys(some):
        answer = {"SMSMessageData": {"Messages": some}}
        return [event.key for event in parse(json.dumps(answer).encode())]

    alone = [key for item in items for key in keys([item])]
    assert len(alone) == len(items)
    assert keys(items) == alone


def test_the_deepest_and_longest_are_read():
    for body in (b"[" * 5000, b'{"text":' * 3000, b"a=b&" * 20_000, b"text=" + b"%" * 9_000):
        assert can_be_stored(parse(body))
    (event,) = parse(b"from=%2B218910000001&to=1&id=1&text=" + b"a" * 1_000_000)
    assert (event.kind, len(event.text)) == (Kind.MESSAGE, 1_000_000)

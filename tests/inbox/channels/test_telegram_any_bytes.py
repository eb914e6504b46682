"""Whatever comes to the Telegram door, the parser never raises and drops nothing in silence."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import Kind
from tests.inbox.channels.bodies import names as stored
from tests.inbox.channels.bodies import tree
from tests.inbox.channels.odd import can_be_stored

pytestmark = [pytest.mark.pure, pytest.mark.slow]
patient = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

NAMES = [
    "update_id", "message", "edited_message", "callback_query", "my_chat_member", "chat", "from",
    "message_reaction", "message_id", "date", "text", "photo", "voice", "document", "location",
    "contact", "file_id", "id", "type", "new_reaction", "reply_to_message", "sender_chat",
    "migrate_to_chat_id", "entities", "user", "user_id", "phone_number", "edit_date", "data",
]  # fmt: skip
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(["", "\x00", "\ud800", "private", "kicked", "1e400", "9" * 40])
)
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), inner, max_size=5)
    ),
    max_leaves=12,
)


def encoded(value):
    return json.dumps(value).encode("utf-8", "surrogatepass")


def parse(body):
    return registry.channel("telegram").parse(body)


def places(value, at=()):
    found = [at] if at else []
    inner = value if isinstance(value, dict) else {}
    if isinstance(value, list):
        inner = dict(enumerate(value))
    for name, part in inner.items():
        found += places(part, (*at, name))
    return found


@st.composite
def mutated(draw):
    """A stored update with up to four parts replaced, or taken away."""
    value = copy.deepcopy(tree("telegram", draw(st.sampled_from(stored("telegram")))))
    for _ in range(draw(st.integers(1, 4))):
        there = places(value)
        if not there:
            break
        *way, last = draw(st.sampled_from(there))
        holder = value
        for step in way:
            holder = holder[step]
        if draw(st.booleans()):
            holder[last] = draw(trees)
        else:
            del holder[last]
    return value


@given(st.binary(max_size=200))
@patient
def test_any_bytes_give_at_least_one_event(body):
    assert can_be_stored(parse(body))


@given(trees)
@patient
def test_any_json_gives_at_least_one_event(value):
    assert can_be_stored(parse(encoded(value)))


@given(mutated())
@settings(parent=patient, max_examples=400)
def test_an_update_with_broken_parts_gives_at_least_one_event(value):
    assert can_be_stored(parse(encoded(value)))


@given(mutated())
@settings(parent=patient, max_examples=400)
def test_whoever_wrote_is_named_or_the_whole_is_kept(value):
    """What is understood stands in a thread; everything else holds the item as it came."""
    for event in parse(encoded(value)):
        if event.kind is Kind.NOT_UNDERSTOOD:
            assert "raw" in event.data or "beginning" in event.data
        elif event.kind is Kind.MESSAGE:
            assert event.identifiers
            assert event.message_id


@given(st.dictionaries(st.sampled_from(NAMES), st.dictionaries(st.text(max_size=3), scalars),
                       min_size=1, max_size=5))  # fmt: skip
@patient
def test_every_thing_in_an_update_is_an_event(update):
    assert len(parse(encoded(update | {"update_id": 1}))) == len(update.keys() - {"update_id"}) or (
        update.keys() == {"update_id"}
    )


@pytest.mark.parametrize("name", stored("telegram"))
def test_stored_updates_are_read_the_same_way_twice(name):
    body = encoded(tree("telegram", name))
    assert parse(body) == parse(body)


def test_the_deepest_is_read():
    assert can_be_stored(parse(b'{"message":' * 3000))
    assert can_be_stored(parse(b'{"update_id":1,"message":{"text":' + b"[" * 3000))

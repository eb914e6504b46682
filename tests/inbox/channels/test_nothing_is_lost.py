"""Whatever comes, the parsers never raise, and every item ends in an event that can be stored."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nyumbani.inbox.channels import registry
from tests.inbox.channels.bodies import names, tree
from tests.inbox.channels.odd import can_be_stored

pytestmark = [pytest.mark.pure, pytest.mark.slow]

DOORS = ["whatsapp", "messenger"]
LISTS = {
    "whatsapp": [
        "messages",
        "message_echoes",
        "statuses",
        "user_id_update",
        "history",
        "state_sync",
        "user_preferences",
        "errors",
        "calls",
    ],
    "messenger": ["messaging", "standby", "changes"],
}
patient = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=12)
    | st.sampled_from(["", "0", "-1", "1e400", "\x00", "\ud800", "KE.1", "218910000001", "text"])
)
junk = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=6)
            | st.sampled_from(["id", "from", "type", "text", "message", "sender"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
odd_json = st.sampled_from(["NaN", "Infinity", "1e9999", "9" * 5000, "[" * 200 + "]" * 200])


def encoded(value: object) -> bytes:
    return json.dumps(value).encode("utf-8", "surrogatepass")


def items(door: str) -> list[tuple[str, object]]:
    """Every item of every stored body, with the name of the list it came in."""
    found: list[tuple[str, object]] = []

    def walk(value: object) -> None:
        if isinstance(value, list):
            for inner in value:
                walk(inner)
        elif isinstance(value, dict):
            for name, inner in value.items():
                if name in LISTS[door] and isinstance(inner, list):
                    found.extend((name, item) for item in inner)
                else:
                    walk(inner)

    for name in names(door):
        walk(tree(door, name))
    return found


ITEMS = {door: items(door) for door in DOORS}


def envelope(door: str, lists: dict[str, list[object]]) -> dict[str, object]:
    if door == "messenger":
        return {"object": "page", "entry": [{"id": "770000000000001", **lists}]}
    metadata = {"phone_number_id": "106500000000001", "display_phone_number": "254700000100"}
    value = {"messaging_product": "whatsapp", "metadata": metadata, **lists}
    change = {"field": "messages", "value": value}
    return {"object": "whatsapp_business_account", "entry": [{"id": "9", "changes": [change]}]}


def places(value: object, at: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The way to every part of a tree."""
    found = [at] if at else []
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for name, part in inner:
        found += places(part, (*at, name))
    return found


def changed(value: object, at: tuple[object, ...], draw: st.DrawFn) -> object:
    """The tree with one part replaced, removed, renamed or repeated."""
    value = copy.deepcopy(value)
    holder = value
    for step in at[:-1]:
        holder = holder[step]
    how = draw(st.sampled_from(["replace", "replace", "remove", "rename", "repeat"]))
    last = at[-1]
    if how == "remove":
        del holder[last]
    elif how == "rename" and isinstance(holder, dict):
        holder[draw(st.text(max_size=8))] = holder.pop(last)
    elif how == "repeat" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[last]))
    else:
        holder[last] = draw(junk)
    return value


@st.composite
def mutated(draw: st.DrawFn, door: str) -> object:
    """A stored body with up to four parts changed."""
    value = tree(door, draw(st.sampled_from(names(door))))
    for _ in range(draw(st.integers(1, 4))):
        there = places(value)
        if there:
            value = changed(value, draw(st.sampled_from(there)), draw)
    return value


@st.composite
def odd_item(draw: st.DrawFn, door: str) -> tuple[str, object]:
    """An item as it came, with one part changed, or junk in its place."""
    name, item = draw(st.sampled_from(ITEMS[door]))
    if draw(st.booleans()):
        return name, item
    there = places(item)
    if not there or draw(st.booleans()):
        return name, draw(junk)
    return name, changed(item, draw(st.sampled_from(there)), draw)


@pytest.mark.parametrize("door", DOORS)
@given(body=st.binary(max_size=200))
@patient
def test_any_bytes_give_at_least_one_event(door, body):
    assert can_be_stored(registry.channel(door).parse(body))


@pytest.mark.parametrize("door", DOORS)
@given(value=junk)
@patient
def test_any_json_gives_at_least_one_event(door, value):
    assert can_be_stored(registry.channel(door).parse(encoded(value)))


@pytest.mark.parametrize("door", DOORS)
@given(data=st.data())
@settings(parent=patient, max_examples=120)
def test_a_body_with_broken_parts_gives_at_least_one_event(door, data):
    body = encoded(data.draw(mutated(door)))
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(body)))
        body = body[:at] + data.draw(st.binary(max_size=3)) + body[at + 1 :]
    assert can_be_stored(registry.channel(door).parse(body))


@pytest.mark.parametrize("door", DOORS)
@given(data=st.data(), odd=odd_json)
@settings(parent=patient, max_examples=60)
def test_numbers_no_database_holds_give_events_it_holds(door, data, odd):
    name = data.draw(st.sampled_from(names(door)))
    value = tree(door, name)
    at = data.draw(st.sampled_from(places(value)))
    holder = value
    for step in at[:-1]:
        holder = holder[step]
    holder[at[-1]] = "HERE"
    body = encoded(value).replace(b'"HERE"', odd.encode())
    assert can_be_stored(registry.channel(door).parse(body))


@pytest.mark.parametrize("door", DOORS)
@given(data=st.data())
@settings(parent=patient, max_examples=100)
def test_a_batch_gives_exactly_the_events_of_its_items(door, data):
    """No item hides another, and the same item has the same key alone and in a batch."""
    chosen = data.draw(st.lists(odd_item(door), min_size=1, max_size=6))
    parse = registry.channel(door).parse
    alone: list[str] = []
    lists: dict[str, list[object]] = {}
    for name, item in chosen:
        events = parse(encoded(envelope(door, {name: [item]})))
        assert events, item
        alone += [event.key for event in events]
        lists.setdefault(name, []).append(item)
    together = [event.key for event in parse(encoded(envelope(door, lists)))]
    assert sorted(together) == sorted(alone)


@pytest.mark.parametrize("door", DOORS)
def test_every_stored_body_is_read_the_same_way_twice(door):
    for name in names(door):
        body = encoded(tree(door, name))
        assert registry.channel(door).parse(body) == registry.channel(door).parse(body)


@pytest.mark.parametrize("door", DOORS)
def test_what_shares_a_key_is_the_same_event(door):
    known: dict[str, tuple[object, ...]] = {}
    for name, item in ITEMS[door]:
        for event in registry.channel(door).parse(encoded(envelope(door, {name: [item]}))):
            said = (event.kind, event.refers_to, event.text, event.status, event.sent_at)
            assert known.setdefault(event.key, said) == said
    assert len(known) > 40

"""Bodies that are no good JSON, or no good webhooks: kept, mended or named, never raised."""

import hashlib
import json

import pytest

from nyumbani.inbox.channels import body as bodies
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import Kind
from nyumbani.inbox.channels.walking import item_of
from nyumbani.inbox.channels.whatsapp.door import Door
from tests.inbox.channels.bodies import REHEMA, tree

pytestmark = pytest.mark.pure

DOORS = ["whatsapp", "messenger"]
MESSAGES = ("entry", 0, "changes", 0, "value", "messages")


def message(**parts):
    return {
        "from": REHEMA.value,
        "id": "wamid.1",
        "timestamp": "1405332000",
        "type": "text",
        "text": {"body": "before"},
        **parts,
    }


def around(item: str) -> bytes:
    """A webhook of three messages; the one in the middle is `item`, as written."""
    whole = tree("whatsapp", "text")
    found = whole
    for step in MESSAGES:
        found = found[step]
    found[:] = [message(), "HERE", message(id="wamid.3", text={"body": "after"})]
    return json.dumps(whole).replace('"HERE"', item).encode("utf-8", "surrogatepass")


def read(item: str):
    return registry.channel("whatsapp").parse(around(item))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"nonsense",
        b"\x00\x01\x02",
        b"\xff\xfe\x00",
        b'{"object": "page", "entry": [',
        b"null",
        b"1",
        b'"text"',
        b"[]",
        b"{}",
        b"[[[[",
        b"[" * 100_000,
        b"{" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b"1" * 10_000,
        b'{"object": 7, "entry": {}}',
        b'{"object": "page"}',
        b'{"object": "page", "entry": []}',
        b'{"object": "whatsapp_business_account", "entry": "none"}',
        b'{"object": "whatsapp_business_account", "entry": null}',
    ],
)
def test_a_body_that_is_no_webhook_is_one_item_known_by_its_checksum(door, body):
    (event,) = registry.channel(door).parse(body)
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.channel == door
    assert event.key == f'["body","{hashlib.sha256(body).hexdigest()}"]'
    assert event.notes


@pytest.mark.parametrize(
    "item",
    ["7", "null", '"text"', "[]", "{}", "true", "[[1]]", "NaN", "1e999", "9" * 5000, '{"id": {}}'],
)
def test_an_item_that_is_no_message_does_not_spoil_its_neighbours(item):
    before, odd, after = read(item)
    assert (before.text, after.text) == ("before", "after")
    assert odd.kind is Kind.NOT_UNDERSTOOD
    assert "raw" in odd.data


@pytest.mark.parametrize("contents", [None, {}, [], 7])
@pytest.mark.parametrize(
    "kind",
    [
        "text",
        "location",
        "contacts",
        "interactive",
        "button",
        "reaction",
        "edit",
        "revoke",
        "system",
    ],
)
def test_a_type_without_its_contents_is_kept(kind, contents):
    before, odd, after = read(json.dumps({**message(id="wamid.2", type=kind), kind: contents}))
    assert (before.text, after.text) == ("before", "after")
    assert odd.kind is Kind.NOT_UNDERSTOOD
    assert odd.identifiers == (REHEMA,)
    assert odd.data["raw"][kind] == contents


def test_words_that_are_not_utf_8_are_mended_and_the_rest_is_read():
    body = around(json.dumps(message(id="wamid.2", text={"body": "caf\u00e9 XX"})))
    events = registry.channel("whatsapp").parse(body.replace(b"XX", b"\xff"))
    assert [event.text for event in events] == ["before", "café \ufffd", "after"]
    assert all("bytes that are not UTF-8 were replaced" in event.notes for event in events)


@pytest.mark.parametrize("word", [r"a\ud800b", r"a\u0000b", r"a\udc00b", "a\x00b"])
def test_characters_that_cannot_be_stored_are_replaced(word):
    _, event, _ = read(
        json.dumps(message(id="wamid.2", text={"body": "HOLE"})).replace("HOLE", word)
    )
    assert event.text == "a\ufffdb"
    assert "characters that cannot be stored were replaced" in event.notes


def test_an_emoji_written_as_two_escapes_stays_an_emoji():
    _, event, _ = read(json.dumps(message(id="wamid.2", text={"body": "\U0001f64f"})))
    assert event.text == "🙏"
    assert event.notes == ()


def test_what_is_nested_too_deeply_is_left_out_and_the_rest_is_read():
    deep = "[" * 5_000 + "]" * 5_000
    before, event, after = read(json.dumps(message(id="wamid.2"))[:-1] + f', "extra": {deep}}}')
    assert (before.text, event.text, after.text) == ("before", "before", "after")
    assert "nested too deeply: part of it was left out" in event.notes


def test_brackets_inside_words_are_no_nesting():
    words = "[{" * 500 + '\\"' + "}]" * 500
    _, event, _ = read(json.dumps(message(id="wamid.2", text={"body": words})))
    assert event.text == words
    assert event.notes == ()


def test_a_name_that_stands_twice_loses_neither_list():
    first, second = message(), message(id="wamid.2", text={"body": "second list"})
    body = around(json.dumps(message(id="wamid.9")))
    value = f'"messages": [{json.dumps(second)}], "messages": [{json.dumps(first)}, '
    twice = body.replace(b'"messages": [', value.encode(), 1)
    texts = [event.text for event in registry.channel("whatsapp").parse(twice)]
    assert texts == ["second list", "before", "before", "before", "after"]


def test_a_value_that_stands_twice_in_a_message_is_kept_and_pointed_out():
    item = json.dumps(message(id="wamid.2"))[:-1] + ', "text": {"body": "the later counts"}}'
    _, event, _ = read(item)
    assert event.text == "the later counts"
    assert "a name stands twice in it" in event.notes
    assert event.data["raw"]["text (repeated)"] == [{"body": "before"}]


def test_a_change_that_stands_twice_is_shown():
    body = around("7").replace(b'"field": "messages"', b'"field": "messages", "value": {"a": 1}')
    events = registry.channel("whatsapp").parse(body)
    assert any("messages" in str(event.data.get("raw")) for event in events)


def test_numbers_keep_their_digits():
    assert bodies.load(b"[123456789012345678, 12345678901234567890123]").tree == [
        123456789012345678,
        "12345678901234567890123",
    ]
    assert bodies.load(b"[NaN, -Infinity, 1e999, 1.5]").tree == ["NaN", "-Infinity", "1e999", 1.5]


def test_a_byte_order_mark_is_no_part_of_the_body():
    assert bodies.load(b"\xef\xbb\xbf{}").tree == {}


def test_a_mistake_of_our_own_does_not_lose_the_item():
    def stumbles(item):
        raise KeyError(item["text"])

    door = Door(account="106500000000001")
    (event,) = item_of({"text": "she wrote this"}, read=stumbles, otherwise=door.not_understood)
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert event.data["raw"] == {"text": "she wrote this"}
    assert event.notes == ("our reader failed: KeyError",)


def test_notes_hold_no_words_of_hers():
    secret = "Rehema 218910000001"
    _, event, _ = read(json.dumps(message(id="wamid.2", type=secret)))
    assert event.kind is Kind.NOT_UNDERSTOOD
    assert not any("Rehema" in note or "2189" in note for note in event.notes)

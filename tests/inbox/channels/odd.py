"""Whether what a parser made of odd bytes can be stored and shown."""

import json
from collections.abc import Iterator

from nyumbani.inbox.channels.events import InboundEvent
from nyumbani.inbox.channels.keys import LONGEST
from nyumbani.inbox.channels.receive import event_as_json


def can_be_stored(events: list[InboundEvent]) -> bool:
    """Whether there is an event, every one goes into JSON, and all its words into a database."""
    for event in events:
        # The net under our own mistakes must catch nothing here.
        assert not any(note.startswith("our reader failed") for note in event.notes), event
        plain = event_as_json(event)
        assert json.loads(json.dumps(plain, allow_nan=False)) == plain
        for words in all_words(plain):
            assert "\x00" not in words
            words.encode("utf-8")
        assert event.key.isascii()
        assert len(event.key) <= LONGEST
    return bool(events)


def all_words(value: object) -> Iterator[str]:
    """Every text in a tree, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from all_words(inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from all_words(inner)

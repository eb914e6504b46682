"""Stored webhook bodies read without database or keys, so that anybody can check the parsers.

One object comes out for each event; docs/howto/read-webhook-bodies.md describes it.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.body import Malformed, load
from nyumbani.inbox.channels.events import InboundEvent


class CannotRead(OSError):
    """A file is missing, is a folder or may not be read; the text says which and why."""


def events_as_json(channel: str, files: Iterable[Path]) -> Iterator[dict[str, object]]:
    """The events of all bodies in `files`, each as an object that goes into JSON as it is.

    A file holds one webhook body, or one body a line (JSON Lines). It is read line by line only
    if it is not JSON as a whole and its first line is a JSON object; then every line that is not
    blank is a body of its own, broken ones included. On a channel that sends forms, lines that are
    all forms are bodies, too. Anything else is one body: what is not understood gives one event.

    Raises UnknownChannel, and CannotRead before anything of that file comes out.
    """
    known = registry.channel(channel)
    for file in files:
        for number, body in enumerate(bodies_in(_contents(file), known.is_form), start=1):
            for event in known.parse(body):
                yield {**event_as_json(event), "file": str(file), "body": number}


def bodies_in(contents: bytes, is_form: Callable[[bytes], bool] | None = None) -> list[bytes]:
    """The webhook bodies a file holds: one, or one a line.

    `is_form` is the channel's, where it sends forms.
    """
    lines = [line for line in contents.splitlines() if line.strip()]
    if len(lines) < 2 or _is_json(contents):
        return [contents]
    are_forms = is_form is not None and all(is_form(line) for line in lines)
    return lines if are_forms or _is_json(lines[0], an_object=True) else [contents]


def event_as_json(event: InboundEvent) -> dict[str, object]:
    """An event as plain values: time as ISO 8601 in UTC, enumerations as their words."""
    found = dataclasses.asdict(event)
    found["kind"], found["content"] = event.kind.value, event.content.value
    found["sent_at"] = event.sent_at.isoformat() if event.sent_at else None
    found["media"] = [
        {**dataclasses.asdict(media), "content": media.content.value} for media in event.media
    ]
    for name in ("identifiers", "former", "problems", "notes"):
        found[name] = list(found[name])
    return found


def _contents(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except IsADirectoryError:
        raise CannotRead(f"{file} is a folder: name the files in it") from None
    except OSError as error:
        raise CannotRead(f"{file} cannot be read: {error.strerror}") from None


def _is_json(contents: bytes, *, an_object: bool = False) -> bool:
    try:
        tree = load(contents).tree
    except Malformed:
        return False
    return isinstance(tree, dict) or not an_object

"""`nyumbani inbox receive --dry-run`: what the parsers make of stored bodies.

Needs neither database nor keys nor Django, so that anybody can hold us against real payloads.
"""

from collections.abc import Iterable
from pathlib import Path

from nyumbani.inbox.channels.receive import CannotRead, events_as_json
from nyumbani.inbox.channels.registry import UnknownChannel
from nyumbani.kit.console import GOOD, CannotDo, Misuse, say, say_json


def show(files: Iterable[Path], channel: str, *, json: bool = False) -> int:
    """Print one line, or one JSON object a line, for each event in the bodies that `files` hold."""
    count = 0
    try:
        for event in events_as_json(channel, files):
            count += 1
            if json:
                say_json(event)
            else:
                say(_line(event))
    except UnknownChannel as error:
        raise Misuse(str(error)) from None
    except CannotRead as error:
        raise CannotDo(str(error)) from None
    if not json:
        say(f"{count} items; nothing was stored.")
    return GOOD


def _line(event: dict[str, object]) -> str:
    parts = (event["kind"], event["status"] or event["content"], event["sent_at"] or "no time")
    words = " · ".join(str(part) for part in parts)
    text = f" {event['text']!r}" if event["text"] else ""
    notes = event["notes"]
    remarks = f" ({'; '.join(map(str, notes))})" if isinstance(notes, list) and notes else ""
    return f"{event['file']}: {words} · {event['message_id'] or 'no id'}{text}{remarks}"

"""`nyumbani inbox import-export`: what WhatsApp's "Export chat" wrote, read message by message.

With --dry-run it needs neither database nor keys nor Django, so that anybody can hold us against
real exports. docs/howto/read-a-chat-export.md describes what comes out.
"""

import json as to_json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from nyumbani.chats.chat_exports.container import BadExport, Export, open_export
from nyumbani.chats.chat_exports.moments import Order, date_of
from nyumbani.chats.chat_exports.reading import messages
from nyumbani.chats.chat_exports.roster import Roster
from nyumbani.chats.chat_exports.said import Said
from nyumbani.chats.chat_exports.survey import Survey, survey
from nyumbani.kit.console import GOOD, CannotDo, Misuse, say, some, warn

_AT_ONCE = 500  # lines written at a time
_FIRST = {Order.DMY: "the day first", Order.MDY: "the month first", Order.YMD: "the year first"}


class MustAsk(CannotDo):
    """Somebody has to say what the file does not."""

    code = 3


def show(file: Path, *, zone: str, dates: str, json: bool = False) -> int:
    """Print every message, one a line; store nothing."""
    order, where = _order(dates), _zone(zone)
    try:
        with open_export(file) as export:
            found = survey(export.chat, order=order)
            _say_doubts(found)
            roster = Roster(found.title or export.title)
            said = roster.watch(messages(export.chat, found, zone=where))
            _print(map(as_json if json else _line, said))
            if not json:
                _say_roster(roster, export)
    except BadExport as error:
        raise CannotDo(str(error)) from None
    return GOOD


def asked(file: Path, *, zone: str, dates: str) -> tuple[str, Order | None]:
    """What an import needs to know, before anything is stored: the zone, and the order told.

    Raises MustAsk where day and month could stand either way, Misuse where no zone is given.
    """
    order, where = _order(dates), _zone(zone)
    try:
        with open_export(file) as export:
            found = survey(export.chat, order=order)
    except BadExport as error:
        raise CannotDo(str(error)) from None
    if where is None:
        raise Misuse("--zone is needed: where the telephone was, as Africa/Tripoli")
    if found.form is None:
        raise CannotDo("No line of this file looks like the beginning of a message.")
    if not found.is_sure:
        raise MustAsk(question(found))
    return where.key, order


def question(found: Survey) -> str:
    """What has to be answered before the dates mean anything: one sentence with both readings."""
    readings = " or ".join(
        f"{date_of(found.example, order):%d %B %Y} ({_FIRST[order]}: --dates {order})"
        for order in (found.order, *found.others)
    )
    return f"the dates can be read two ways: {found.example} is {readings}"


def as_json(said: Said) -> str:
    """One message as one line of JSON."""
    return to_json.dumps(
        {
            "sent_at": said.sent_at.isoformat() if said.sent_at else None,
            "sender": said.sender,
            "text": said.text,
            "kind": said.kind.value,
            "byte_start": said.byte_start,
            "byte_end": said.byte_end,
            "flags": list(said.flags),
            "media": list(said.media),
        },
        ensure_ascii=False,
    )


def _line(said: Said) -> str:
    at = said.sent_at.isoformat(" ") if said.sent_at else "no time"
    flags = f" ({', '.join(said.flags)})" if said.flags else ""
    return f"{at} · {said.sender or '–'} · {said.kind} · {said.text!r}{flags}"


def _print(lines: Iterator[str]) -> None:
    while some_of_them := list(islice(lines, _AT_ONCE)):
        say(*some_of_them)


def _say_doubts(found: Survey) -> None:
    if found.form is None:
        warn("No line of this file looks like the beginning of a message.")
    elif not found.is_sure:
        warn(question(found))


def _say_roster(roster: Roster, export: Export) -> None:
    for writer in roster.writers:
        number = f" = {writer.number}" if writer.number else ""
        count = some(writer.lines, "message")
        say(f"{writer.name}{number}: {count}, {writer.first} – {writer.last}")
    total = sum(roster.kinds.values())
    say(
        f"{some(total, 'item')}, {some(len(export.media), 'file')} beside them; nothing was stored."
    )


def _zone(name: str) -> ZoneInfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        raise Misuse(f"--zone {name}: there is no such zone; one is Africa/Tripoli") from None


def _order(dates: str) -> Order | None:
    if not dates:
        return None
    try:
        return Order(dates)
    except ValueError:
        raise Misuse("--dates is dmy, mdy or ymd") from None

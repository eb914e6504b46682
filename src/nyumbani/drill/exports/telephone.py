"""Write a chat down as a telephone would, and keep where every message begins and ends."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from nyumbani.chats.chat_exports import words
from nyumbani.chats.chat_exports.kinds import Kind
from nyumbani.drill.exports.variants import BOM, LRM, Variant


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a chat. `text` is the words, a system line, or a file's name."""

    at: dt.datetime  # of the telephone, without a zone
    sender: str | None  # None: WhatsApp itself
    kind: Kind = Kind.MESSAGE
    text: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """An event as it stands in the file: what a perfect reader finds."""

    at: dt.datetime  # to the minute where the telephone writes no seconds
    sender: str | None
    kind: Kind
    text: str
    start: int
    end: int


def export(
    events: Iterable[Event], variant: Variant, *, group: str = "Kazi Tripoli"
) -> tuple[bytes, list[Written]]:
    """The file, and what is in it."""
    out, truth = bytearray(BOM.encode() if variant.has_bom else b""), []
    start = 0
    for event in events:
        text = _text(event, variant)
        mark = LRM if variant.is_ios and event.kind is Kind.MEDIA else ""
        sender = event.sender or (group if variant.is_ios else None)
        said = f"{sender}: {text}" if sender else text
        out += f"{mark}{variant.stamp(event.at)}{said}{variant.line_break}".encode()
        at = event.at if variant.has_seconds else event.at.replace(second=0)
        plain = text.replace(LRM, "") if event.sender is None else text
        truth.append(Written(at, event.sender, event.kind, plain, start, len(out)))
        start = len(out)
    return bytes(out), truth


def _text(event: Event, variant: Variant) -> str:
    mark = LRM if variant.is_ios else ""
    match event.kind:
        case Kind.MESSAGE | Kind.UNPARSED:
            return event.text
        case Kind.SYSTEM:
            return f"{mark}{event.text}"
        case Kind.EDITED:
            return f"{event.text} {mark}{_first(words.BY_LANGUAGE['edited'], variant)}"
        case Kind.DELETED:
            return f"{mark}{_first(words.BY_LANGUAGE['deleted'], variant)}"
        case Kind.CALL:
            return f"{mark}{_first(words.BY_LANGUAGE['call'], variant)}"
        case Kind.MEDIA:
            return _media(event, variant)


def _media(event: Event, variant: Variant) -> str:
    if not event.text:
        phrases = words.BY_LANGUAGE["omitted"].get(
            variant.language, words.BY_LANGUAGE["omitted"]["en"]
        )
        signs = [one for one in phrases if one.startswith("<") is not variant.is_ios]
        return f"{LRM}{signs[0]}" if variant.is_ios else signs[0]
    phrases = words.BY_LANGUAGE["attached"].get(
        variant.language, words.BY_LANGUAGE["attached"]["en"]
    )
    if variant.is_ios:
        named = next(one for one in phrases if "{}" in one).format(event.text)
        return f"{event.caption} {LRM}{named}" if event.caption else f"{LRM}{named}"
    plain = next(one for one in phrases if "{}" not in one)
    return f"{event.text} {plain}" + (f"\n{event.caption}" if event.caption else "")


def _first(phrases: dict[str, list[str]], variant: Variant) -> str:
    return phrases.get(variant.language, phrases["en"])[0]

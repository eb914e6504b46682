"""What a message holds: exactly one of many things, each under its own name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import ValidationError

from nyumbani.inbox.channels.events import Content, Media
from nyumbani.inbox.channels.reading import Payload
from nyumbani.inbox.channels.telegram.payloads import Card, File, Place, Venue
from nyumbani.kit.phrases import gettext_noop

NO_ID = gettext_noop("the file cannot be fetched: no id")
Part = TypeVar("Part", bound=Payload)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a message holds, apart from its caption."""

    content: Content
    text: str = ""
    media: tuple[Media, ...] = ()
    data: dict[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def contents_of(raw: dict[str, object]) -> Contents | None:
    """What it holds; None if that is nothing we know, or broken."""
    for name, reader in _READERS.items():
        if raw.get(name) is not None:
            return reader(raw[name])
    return None


def _as(model: type[Part], raw: object) -> Part | None:
    try:
        return model.model_validate(raw)
    except ValidationError:
        return None


def _text(raw: object) -> Contents | None:
    if not isinstance(raw, str):
        return None
    # The application writes this by itself when somebody opens a bot's chat.
    opened = raw.partition(" ")[0] == "/start"
    return Contents(Content.WELCOME if opened else Content.TEXT, raw)


def _file(content: Content, usual: str = "") -> Callable[[object], Contents | None]:
    def reader(raw: object) -> Contents | None:
        file = _as(File, raw)
        return _holding(content, file, usual) if file else None

    return reader


def _holding(content: Content, file: File, usual: str) -> Contents:
    media = Media(
        content,
        mime_type=file.mime_type or usual,
        provider_id=file.file_id,
        filename=file.file_name,
        size=file.file_size,
    )
    known = {"seconds": file.duration, "emoji": file.emoji}
    data: dict[str, object] = {name: value for name, value in known.items() if value}
    return Contents(content, media=(media,), data=data, notes=() if file.file_id else (NO_ID,))


def _photo(raw: object) -> Contents | None:
    """The same picture in several sizes, in no promised order: the largest that can be fetched."""
    sizes = [_as(File, one) for one in raw] if isinstance(raw, list) else []
    found = [one for one in sizes if one is not None and one.file_id]
    if not found:
        return None
    largest = max(found, key=lambda one: (one.surface, one.file_size or 0))
    return _holding(Content.IMAGE, largest, "image/jpeg")


def _location(raw: object) -> Contents | None:
    place = _as(Place, raw)
    if place is None:
        return None
    notes = (gettext_noop("live location: it goes on moving"),) if place.live_period else ()
    return Contents(Content.LOCATION, data={"location": _place(place)}, notes=notes)


def _venue(raw: object) -> Contents | None:
    venue = _as(Venue, raw)
    if venue is None:
        return None
    named = {"name": venue.title, "address": venue.address}
    return Contents(Content.LOCATION, data={"location": {**_place(venue.location), **named}})


def _place(place: Place) -> dict[str, object]:
    known = place.model_dump()
    return {name: value for name, value in known.items() if value is not None}


def _contact(raw: object) -> Contents | None:
    card = _as(Card, raw)
    if card is None or not (card.phone_number or card.first_name):
        return None
    shown: dict[str, object] = {
        "name": {"formatted_name": f"{card.first_name} {card.last_name}".strip()},
        "phones": [{"phone": card.phone_number}] if card.phone_number else [],
        "user_id": card.user_id,
    }
    return Contents(Content.CONTACTS, data={"contacts": [shown]})


# An animation also comes as a document, a venue also as a location: the first of these counts.
_READERS: dict[str, Callable[[object], Contents | None]] = {
    "text": _text,
    "photo": _photo,
    "voice": _file(Content.VOICE, "audio/ogg"),
    "audio": _file(Content.AUDIO),
    "animation": _file(Content.VIDEO, "video/mp4"),
    "video": _file(Content.VIDEO, "video/mp4"),
    "video_note": _file(Content.VIDEO, "video/mp4"),
    "document": _file(Content.DOCUMENT),
    "sticker": _file(Content.STICKER),
    "venue": _venue,
    "location": _location,
    "contact": _contact,
}
NAMES = tuple(_READERS)

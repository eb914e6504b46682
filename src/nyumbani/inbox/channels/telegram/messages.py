"""A message somebody wrote to the bot, and its later versions."""

from collections.abc import Iterator
from dataclasses import replace

from nyumbani.inbox.channels.events import Content, InboundEvent, Kind
from nyumbani.inbox.channels.keys import digest_of, key
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.telegram import notices
from nyumbani.inbox.channels.telegram.contents import NAMES, Contents, contents_of
from nyumbani.inbox.channels.telegram.door import CHANNEL, item_key
from nyumbani.inbox.channels.telegram.payloads import Chat, Entity, Message
from nyumbani.inbox.channels.telegram.people import Person, with_number, writer
from nyumbani.inbox.channels.times import Unit, moment
from nyumbani.inbox.channels.walking import beside
from nyumbani.kit.phrases import gettext_noop

CIRCUMSTANCES = (
    "message_thread_id", "from", "sender_boost_count", "is_topic_message", "is_automatic_forward",
    "forward_from", "forward_from_chat", "forward_from_message_id", "forward_signature",
    "forward_sender_name", "external_reply", "quote", "via_bot", "has_protected_content",
    "is_from_offline", "author_signature", "link_preview_options", "show_caption_above_media",
    "has_media_spoiler", "reply_markup", "effect_id",
)  # fmt: skip
"""What may stand beside a message and says nothing that changes it."""


def received(stamp: str, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One `message`."""
    message, notes = read(Message, raw)
    moved = notices.moved(message, raw)
    yield moved or _event(message, notes, raw, stamp)


def edited(stamp: str, raw: dict[str, object]) -> Iterator[InboundEvent]:
    """One `edited_message`: other words, or another place of somebody who shares where she is."""
    message, notes = read(Message, raw)
    event = _event(message, notes, raw, stamp)
    name = name_of(message)
    if event.kind is Kind.NOT_UNDERSTOOD or not name:
        yield replace(event, key=_edit_key(name, stamp, raw), message_id="", refers_to=name)
        return
    at, time_notes = moment(message.edit_date, usual=Unit.SECONDS)
    event = replace(
        event, key=_edit_key(name, stamp, raw), sent_at=at or event.sent_at, refers_to=name
    )
    if event.content is Content.LOCATION:
        # Each place counts, so it stands by itself instead of taking the last one's.
        where = f"{name}:{stamp or digest_of(raw)}"
        yield replace(event, message_id=where, notes=(*event.notes, *time_notes))
        return
    again = (gettext_noop("the file may be another one now"),) if event.media else ()
    yield replace(event, kind=Kind.EDIT, notes=(*event.notes, *again, *time_notes))


def name_of(message: Message, chat: Chat | None = None) -> str:
    """A message's id: unique within its chat, so the chat's id is part of it."""
    where = chat or message.chat
    if where is None or not where.id or not message.message_id:
        return ""
    return f"{where.id}:{message.message_id}"


def _event(
    message: Message, notes: tuple[str, ...], raw: dict[str, object], stamp: str
) -> InboundEvent:
    person = with_number(
        writer(message.from_, message.chat, raw.get("sender_chat")), raw.get("contact")
    )
    contents = contents_of(raw)
    found = contents or Contents(Content.UNKNOWN)
    sent_at, time_notes = moment(message.date, usual=Unit.SECONDS)
    odd = _what_is_missing(message, contents, person)
    data = {**found.data, **_circumstances(message, raw)}
    if odd or notes:
        data["raw"] = raw
    name = name_of(message)
    return InboundEvent(
        channel=CHANNEL,
        account="",
        kind=Kind.NOT_UNDERSTOOD if odd else Kind.MESSAGE,
        key=key("message", name) if name else _nameless(stamp, raw),
        content=found.content,
        message_id=name,
        identifiers=person.identifiers,
        profile_name=person.profile_name,
        sent_at=sent_at,
        text=found.text or message.caption or "",
        media=found.media,
        refers_to=_quoted(message),
        data=data,
        notes=(*odd, *notes, *found.notes, *_remarks(message), *person.notes, *time_notes),
    )


def _what_is_missing(
    message: Message, contents: Contents | None, person: Person
) -> tuple[str, ...]:
    missing = {
        gettext_noop("contents not understood"): contents is None,
        gettext_noop("no message id"): not name_of(message),
        gettext_noop("who wrote, or to whom, is not said"): not person.identifiers,
    }
    return tuple(why for why, is_so in missing.items() if is_so)


def _quoted(message: Message) -> str:
    quoted = message.reply_to_message
    if quoted is None or message.chat is None or not quoted.message_id:
        return ""
    chat = quoted.chat or message.chat
    return f"{chat.id}:{quoted.message_id}" if chat.id else ""


def _circumstances(message: Message, raw: dict[str, object]) -> dict[str, object]:
    """What else came with it: the group, whose words they were, links hidden under other words."""
    chat = message.chat or Chat()
    in_group = chat.type not in {"", "private"}
    known: dict[str, object] = {
        "group_id": chat.id if in_group else "",
        "forward_origin": message.forward_origin,
        "album": message.media_group_id,
        "links": _hidden_links(message),
        "also": {
            **beside(raw, known=(*_MODELLED, *NAMES, *CIRCUMSTANCES)),
            **_unknown_lists(raw),
        },
    }
    return {name: value for name, value in known.items() if value}


_MODELLED = tuple(field.alias or name for name, field in Message.model_fields.items())


def _unknown_lists(raw: dict[str, object]) -> dict[str, object]:
    known = (*_MODELLED, *NAMES, *CIRCUMSTANCES)
    return {
        name: value for name, value in raw.items() if isinstance(value, list) and name not in known
    }


def _hidden_links(message: Message) -> list[str]:
    found = (one for one in (*message.entities, *message.caption_entities) if isinstance(one, dict))
    entities = (read(Entity, one)[0] for one in found)
    return [one.url for one in entities if one.url]


def _remarks(message: Message) -> tuple[str, ...]:
    chat = message.chat or Chat()
    remarks = {
        gettext_noop("forwarded"): bool(message.forward_origin or message.forward_date),
        gettext_noop("written in a group"): chat.type in {"group", "supergroup"},
    }
    return tuple(remark for remark, is_so in remarks.items() if is_so)


def _nameless(stamp: str, raw: dict[str, object]) -> str:
    return key("update", stamp, digest_of(raw)) if stamp else item_key(raw)


def _edit_key(name: str, stamp: str, raw: dict[str, object]) -> str:
    """Two edits within a second are two updates; the same one delivered again is the same."""
    return key("edit", name, stamp or digest_of(raw))

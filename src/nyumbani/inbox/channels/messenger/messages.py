"""Something written, edited, taken back, reacted to, or pressed."""

from dataclasses import replace

from nyumbani.inbox.channels.events import Content, InboundEvent, Kind
from nyumbani.inbox.channels.keys import key
from nyumbani.inbox.channels.messenger.attachments import Attached, attached
from nyumbani.inbox.channels.messenger.happening import Happening
from nyumbani.inbox.channels.messenger.payloads import Edit, Message, Postback, Reaction
from nyumbani.kit.phrases import gettext_noop

NOT_PASSED_ON = gettext_noop("not understood: Messenger could not pass this message on")


def written(there: Happening, message: Message) -> list[InboundEvent]:
    """A message of hers, or an echo of what the page wrote; or that one was taken back."""
    if message.is_deleted and message.mid:
        return [_taken_back(there, message.mid)]
    found = attached(message.attachments)
    content = _content(message, found)
    missing = _what_is_missing(message, content, there)
    data = {**found.data, **_circumstances(message)}
    if missing:
        data["raw"] = there.raw
    kind = Kind.ECHO if there.by_staff else Kind.MESSAGE
    event = replace(
        there.event(Kind.NOT_UNDERSTOOD if missing else kind, _key(there, message.mid)),
        content=content,
        message_id=message.mid,
        text=message.text or found.words,
        media=tuple(found.media),
        refers_to=message.reply_to.mid if message.reply_to else "",
        callback=message.metadata if there.by_staff else "",
        data=data,
        notes=(*missing, *found.notes, *_remarks(message), *there.notes),
    )
    return [event]


def pressed(there: Happening, postback: Postback) -> list[InboundEvent]:
    """A pressed button: she did something, so it stands in the thread like a message."""
    missing = _nobody(there)
    choice = {"kind": "postback", "payload": postback.payload, "title": postback.title}
    known = {"choice": choice, "referral": postback.referral, "raw": there.raw if missing else None}
    event = replace(
        there.event(Kind.NOT_UNDERSTOOD if missing else Kind.MESSAGE, _key(there, postback.mid)),
        content=Content.CHOICE,
        message_id=postback.mid,
        text=postback.title,
        data={name: value for name, value in known.items() if value},
        notes=(*missing, *there.notes),
    )
    return [event]


def edited(there: Happening, edits: list[Edit]) -> list[InboundEvent]:
    """The new version of an earlier text; nothing if it names no message or no text."""
    return [_edited(there, edit, edit.text) for edit in edits if edit.mid and edit.text is not None]


def _edited(there: Happening, edit: Edit, text: str) -> InboundEvent:
    return replace(
        there.event(Kind.EDIT, key("edit", there.page, edit.mid, edit.num_edit, there.stamp)),
        content=Content.TEXT,
        message_id=edit.mid,
        text=text,
        refers_to=edit.mid,
        data={"times_edited": edit.num_edit} if edit.num_edit else {},
    )


def reacted(there: Happening, reaction: Reaction) -> list[InboundEvent]:
    """An emoji on an earlier message; nothing if it does not say on which."""
    if not reaction.mid:
        return []
    taken_away = reaction.action == "unreact"
    emoji = "" if taken_away else reaction.emoji or reaction.reaction
    known_by = key("reaction", there.page, reaction.mid, there.who, emoji, there.stamp)
    event = replace(
        there.event(Kind.REACTION, known_by),
        message_id=reaction.mid,
        text=emoji,
        refers_to=reaction.mid,
        data={"reaction": reaction.reaction} if reaction.reaction else {},
        notes=(*([gettext_noop("reaction taken away")] if taken_away else []), *there.notes),
    )
    return [event]


def _taken_back(there: Happening, mid: str) -> InboundEvent:
    # It carries the id of the message that is gone, so its key must say what happened to that.
    event = there.event(Kind.DELETION, key("deletion", there.page, mid))
    return replace(event, message_id=mid, refers_to=mid)


def _key(there: Happening, mid: str) -> str:
    return key("message", there.page, mid) if mid else there.door.item_key(there.raw)


def _content(message: Message, found: Attached) -> Content:
    if found.content is not Content.NONE:
        return found.content
    if message.quick_reply:
        return Content.CHOICE
    return Content.TEXT if message.text or found.words else Content.UNKNOWN


def _what_is_missing(message: Message, content: Content, there: Happening) -> tuple[str, ...]:
    nothing = content is Content.UNKNOWN and not message.is_unsupported
    return (
        *([gettext_noop("contents not understood")] if nothing else []),
        *([] if message.mid else [gettext_noop("no message id")]),
        *_nobody(there),
    )


def _nobody(there: Happening) -> tuple[str, ...]:
    return () if there.person else (gettext_noop("who wrote, or to whom, is not said"),)


def _circumstances(message: Message) -> dict[str, object]:
    pressed_one = message.quick_reply
    known: dict[str, object] = {
        "choice": pressed_one
        and {"kind": "quick_reply", "payload": pressed_one.payload, "title": message.text},
        "referral": message.referral,
        "app_id": message.app_id,
    }
    return {name: value for name, value in known.items() if value}


def _remarks(message: Message) -> tuple[str, ...]:
    return (NOT_PASSED_ON,) if message.is_unsupported else ()

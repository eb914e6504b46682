"""What a message says: one small reader for each type."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from nyumbani.inbox.channels.body import Malformed, load
from nyumbani.inbox.channels.checksums import as_hex
from nyumbani.inbox.channels.events import Content, Kind, Media
from nyumbani.inbox.channels.whatsapp.payloads import File, FormReply, Message, Reply, Written
from nyumbani.inbox.channels.wording import plain
from nyumbani.kit.phrases import gettext_noop

NOT_PASSED_ON = gettext_noop("not understood: WhatsApp could not pass this message on")


@dataclass(frozen=True, slots=True)
class Contents:
    """The understood contents of one message."""

    content: Content = Content.NONE
    text: str = ""
    media: tuple[Media, ...] = ()
    data: dict[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    kind: Kind = Kind.MESSAGE
    refers_to: str = ""


def contents_of(message: Message) -> Contents | None:
    """What the message says, or None if its type is unknown or its contents are broken."""
    read = _OF_MESSAGES.get(message.type)
    if read:
        return read(message)
    found = written(message)
    # Without a type and contents, but with errors: the platform says why it holds the rest back.
    return _unsupported(message) if not found and not message.type and message.errors else found


def written(message: Written) -> Contents | None:
    """The same for what a person may write; also used for the new version in an edit."""
    kind = message.type or _only_type(message)
    read = _OF_WRITING.get(kind)
    found = read(message) if read else None
    if found and not message.type:
        return replace(found, notes=(*found.notes, f"no type given: read as {plain(kind)}"))
    return found


def _only_type(message: Written) -> str:
    """The one type whose contents are there, for a message that does not name its type."""
    there = [kind for kind in _OF_WRITING if getattr(message, kind, None)]
    return there[0] if len(there) == 1 else ""


def _text(message: Written) -> Contents | None:
    if message.text is None or message.text.body is None:
        return None
    return Contents(Content.TEXT, message.text.body)


def _file(content: Content, file: File | None) -> Contents | None:
    if file is None:
        return None
    checksum, notes = as_hex(file.sha256)
    if not file.id and not file.url:
        notes = (*notes, gettext_noop("the file cannot be fetched: neither id nor address"))
    media = Media(
        content, file.mime_type, file.id, file.url, checksum, file.filename, file.file_size
    )
    data: dict[str, object] = {"animated": True} if file.animated else {}
    return Contents(content, file.caption, (media,), data, notes)


def _audio(message: Written) -> Contents | None:
    # A voice note is an audio file with a flag; only the flag tells it from music passed on.
    spoken = message.audio is not None and message.audio.voice
    return _file(Content.VOICE if spoken else Content.AUDIO, message.audio)


def _location(message: Written) -> Contents | None:
    if message.location is None:
        return None
    return Contents(Content.LOCATION, data={"location": message.location.model_dump()})


def _contacts(message: Written) -> Contents | None:
    if not message.contacts:
        return None
    return Contents(Content.CONTACTS, data={"contacts": message.contacts})


def _interactive(message: Written) -> Contents | None:
    answer = message.interactive
    if answer is None:
        return None
    if answer.nfm_reply:
        return _form(answer.nfm_reply)
    if answer.call_permission_reply:
        reply = answer.call_permission_reply
        choice = {"kind": "call_permission_reply", **reply.model_dump()}
        return Contents(Content.CHOICE, reply.response, data={"choice": choice})
    if answer.button_reply:
        return _choice("button_reply", answer.button_reply)
    return _choice("list_reply", answer.list_reply) if answer.list_reply else None


def _choice(kind: str, reply: Reply) -> Contents:
    return Contents(
        Content.CHOICE, reply.title, data={"choice": {"kind": kind, **reply.model_dump()}}
    )


def _form(form: FormReply) -> Contents:
    """A filled-in form; its fields come as JSON inside a text."""
    filled, notes = _fields(form.response_json)
    choice = {"kind": "nfm_reply", "name": form.name, "title": form.body, "fields": filled}
    return Contents(Content.CHOICE, form.body, data={"choice": choice}, notes=notes)


def _fields(filled: object) -> tuple[object, tuple[str, ...]]:
    if not isinstance(filled, str):
        return filled, ()
    try:
        body = load(filled.encode())
    except Malformed:
        return filled, ("the fields of the form are not JSON",)
    return body.tree, body.notes


def _button(message: Written) -> Contents | None:
    if message.button is None or not (message.button.text or message.button.payload):
        return None
    choice = {"kind": "button", **message.button.model_dump()}
    return Contents(Content.CHOICE, message.button.text, data={"choice": choice})


def _order(message: Written) -> Contents | None:
    if message.order is None:
        return None
    words = message.order.get("text")
    text = words if isinstance(words, str) else ""
    return Contents(Content.ORDER, text, data={"order": message.order})


def _welcome(_: Written) -> Contents:
    return Contents(Content.WELCOME, notes=(gettext_noop("opened the chat, wrote nothing yet"),))


def _unsupported(message: Written) -> Contents:
    """A poll, a view-once picture...: she wrote, but the platform does not say what."""
    data: dict[str, object] = {"unsupported": message.unsupported} if message.unsupported else {}
    return Contents(Content.UNKNOWN, data=data, notes=(NOT_PASSED_ON,))


def _placeholder(_: Message) -> Contents:
    return Contents(
        Content.NONE, notes=(gettext_noop("a file of the past: it may follow in another webhook"),)
    )


def _reaction(message: Message) -> Contents | None:
    reaction = message.reaction
    if reaction is None or not reaction.message_id:
        return None
    # A reaction taken away comes with an empty emoji, or with none.
    notes = () if reaction.emoji else (gettext_noop("reaction taken away"),)
    return Contents(
        text=reaction.emoji, kind=Kind.REACTION, refers_to=reaction.message_id, notes=notes
    )


def _edit(message: Message) -> Contents | None:
    edit = message.edit
    new = written(edit.message) if edit and edit.message else None
    if edit is None or new is None or not edit.original_message_id:
        return None
    return replace(new, kind=Kind.EDIT, refers_to=edit.original_message_id)


def _revoke(message: Message) -> Contents | None:
    if message.revoke is None or not message.revoke.original_message_id:
        return None
    return Contents(kind=Kind.DELETION, refers_to=message.revoke.original_message_id)


_OF_WRITING: dict[str, Callable[[Written], Contents | None]] = {
    "text": _text,
    "image": lambda message: _file(Content.IMAGE, message.image),
    "video": lambda message: _file(Content.VIDEO, message.video),
    "document": lambda message: _file(Content.DOCUMENT, message.document),
    "sticker": lambda message: _file(Content.STICKER, message.sticker),
    "audio": _audio,
    "location": _location,
    "contacts": _contacts,
    "interactive": _interactive,
    "button": _button,
    "order": _order,
    "request_welcome": _welcome,
    "unsupported": _unsupported,
}

_OF_MESSAGES: dict[str, Callable[[Message], Contents | None]] = {
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
    "media_placeholder": _placeholder,
}

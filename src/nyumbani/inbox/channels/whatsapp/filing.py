"""Files over WhatsApp: brought to the platform, then named in a message."""

from nyumbani.inbox.channels.events import Content, Name
from nyumbani.inbox.channels.filing import Filing, Parcel, chosen
from nyumbani.inbox.channels.graph import path, understood
from nyumbani.inbox.channels.outgoing import CannotSend, Outgoing, Refused, Unclear, checked
from nyumbani.inbox.channels.whatsapp.refusals import RULES
from nyumbani.inbox.channels.whatsapp.send import message
from nyumbani.kit.phrases import gettext_noop

CAPTION = 1024  # characters
_KINDS = {
    Content.IMAGE: "image", Content.DOCUMENT: "document", Content.VOICE: "audio",
    Content.AUDIO: "audio",
}  # fmt: skip


def bring(*, account: str, parcel: Parcel) -> Outgoing:
    """Bring a file; the platform keeps it for thirty days."""
    chosen(_KINDS, parcel)
    form = {"messaging_product": "whatsapp", "type": parcel.mime_type}
    return Outgoing("POST", path(account, "media"), form=form, part=parcel.part("file"))


def brought(status: int, body: bytes, *, attempt: int = 1) -> str | Refused | Unclear:
    """The file's id, or why there is none."""
    return understood(status, body, rules=RULES, attempt=attempt, found=_id)


def carry(
    *, account: str, to: Name, parcel: Parcel, caption: str, callback: str, reply_to: str = "",
    media_id: str = "",
) -> Outgoing:  # fmt: skip
    """A message with a file that was brought before; the window holds as for words."""
    if not media_id:
        raise CannotSend(gettext_noop("the file was not brought to the platform"))
    kind = chosen(_KINDS, parcel)
    contents: dict[str, object] = {"id": media_id}
    if caption.strip():
        contents["caption"] = checked(caption, limit=CAPTION)
    if kind == "document":
        contents["filename"] = parcel.name
    if parcel.content is Content.VOICE:
        contents["voice"] = True
    return message(account, to, callback, reply_to, {"type": kind, kind: contents})


def _id(said: dict[str, object]) -> str:
    return str(said.get("id") or "")


FILING = Filing(
    carry=carry, bring=bring, brought=brought,
    captions={Content.IMAGE: CAPTION, Content.DOCUMENT: CAPTION},
)  # fmt: skip

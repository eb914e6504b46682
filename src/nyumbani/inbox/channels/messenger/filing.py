"""Files over Messenger: brought to the platform, then named in a message that holds no words."""

import json

from nyumbani.inbox.channels.events import Content, Name
from nyumbani.inbox.channels.filing import Filing, Parcel, chosen
from nyumbani.inbox.channels.graph import path, understood
from nyumbani.inbox.channels.messenger.refusals import RULES
from nyumbani.inbox.channels.messenger.send import address
from nyumbani.inbox.channels.outgoing import CannotSend, Outgoing, Refused, Unclear
from nyumbani.kit.phrases import gettext_noop

_KINDS = {
    Content.IMAGE: "image", Content.DOCUMENT: "file", Content.VOICE: "audio",
    Content.AUDIO: "audio",
}  # fmt: skip


def bring(*, account: str, parcel: Parcel) -> Outgoing:  # noqa: ARG001 - the token says which page
    """Bring a file for a message that follows."""
    kind = chosen(_KINDS, parcel)
    what = {"attachment": {"type": kind, "payload": {"is_reusable": True}}}
    return Outgoing(
        "POST", path("me", "message_attachments"), form={"message": json.dumps(what)},
        part=parcel.part("filedata"),
    )  # fmt: skip


def brought(status: int, body: bytes, *, attempt: int = 1) -> str | Refused | Unclear:
    """The file's id, or why there is none."""
    return understood(status, body, rules=RULES, attempt=attempt, found=_id)


def carry(
    *, account: str, to: Name, parcel: Parcel, caption: str, callback: str, reply_to: str = "",  # noqa: ARG001 - every channel is asked alike
    media_id: str = "",
) -> Outgoing:  # fmt: skip
    """A message with a file that was brought before; the window holds as for words."""
    if caption.strip():
        raise CannotSend(gettext_noop("no words can go along with a file here"))
    if not media_id:
        raise CannotSend(gettext_noop("the file was not brought to the platform"))
    payload = {"type": chosen(_KINDS, parcel), "payload": {"attachment_id": media_id}}
    request: dict[str, object] = {
        "recipient": address(to), "messaging_type": "RESPONSE",
        "message": {"attachment": payload, "metadata": callback},
    }  # fmt: skip
    if reply_to:
        request["reply_to"] = {"mid": reply_to}
    return Outgoing("POST", path("me", "messages"), request)


def _id(said: dict[str, object]) -> str:
    return str(said.get("attachment_id") or "")


FILING = Filing(carry=carry, bring=bring, brought=brought)

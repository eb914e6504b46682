"""Files over Telegram: within the very request that sends them, so a lost answer is unclear."""

import json

from nyumbani.inbox.channels.events import Content, Name
from nyumbani.inbox.channels.filing import Filing, Parcel, chosen
from nyumbani.inbox.channels.outgoing import CannotSend, Outgoing, checked
from nyumbani.inbox.channels.telegram.send import in_her_chat, length, reachable

CAPTION = 1024  # in units of UTF-16, as for words
_METHODS = {
    Content.IMAGE: ("/sendPhoto", "photo"),
    Content.DOCUMENT: ("/sendDocument", "document"),
    Content.VOICE: ("/sendVoice", "voice"),
    Content.AUDIO: ("/sendAudio", "audio"),
}
_KINDS = {kind: field for kind, (_method, field) in _METHODS.items()}


def carry(
    *, account: str, to: Name, parcel: Parcel, caption: str, callback: str, reply_to: str = "",  # noqa: ARG001 - every channel is asked alike
    media_id: str = "",  # noqa: ARG001 - nothing is brought beforehand
) -> Outgoing:  # fmt: skip
    """A file to one person who has started the bot, at any time."""
    chat = reachable(to)
    field = chosen(_KINDS, parcel)
    form = {"chat_id": chat}
    if caption.strip():
        form["caption"] = checked(caption, limit=CAPTION)
        taken = length(caption).taken
        if taken > CAPTION:
            raise CannotSend(f"{taken} signs; beside a file this channel takes {CAPTION}")
    quoted = in_her_chat(reply_to, chat)
    if quoted is not None:
        known = {"message_id": quoted, "allow_sending_without_reply": True}
        form["reply_parameters"] = json.dumps(known)
    method = _METHODS[parcel.content][0]
    return Outgoing("POST", method, form=form, part=parcel.part(field))


FILING = Filing(carry=carry, captions=dict.fromkeys(_METHODS, CAPTION))

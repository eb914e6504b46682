"""What Messenger sends to a page's webhook, item by item (as of mid-2026).

Every name may be missing. The lists of an entry (`messaging`, `standby`) are walked in `parse`,
the attachments of a message one by one in `attachments`: a broken one never hides the others.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator

from nyumbani.inbox.channels.reading import Flag, Many, Number, Payload, Whatever, Words


class Party(Payload):
    """Sender or recipient: the page, or a person by page-scoped id or by a website's reference."""

    id: Words = ""
    user_ref: Words = ""


class QuickReply(Payload):
    """A pressed suggestion under one of our messages."""

    payload: Words = ""


class ReplyTo(Payload):
    """The message this one answers."""

    mid: Words = ""


class Message(Payload):
    """Something written, by her or (as an echo) by the page."""

    mid: Words = ""
    text: str | None = None
    attachments: Annotated[list[Any], Many] = []
    quick_reply: QuickReply | None = None
    reply_to: ReplyTo | None = None
    referral: Whatever | None = None
    is_echo: Flag = False
    is_deleted: Flag = False
    is_unsupported: Flag = False
    app_id: Words = ""
    metadata: Words = ""


class Coordinates(Payload):
    """A place on the map."""

    lat: Number
    long: Number


class AttachmentPayload(Payload):
    """What an attachment holds."""

    url: Words = ""
    title: Words = ""
    sticker_id: Words = ""
    coordinates: Coordinates | None = None
    template_type: Words = ""
    text: Words = ""


class Attachment(Payload):
    """A file, a place, a shared link or a page's template."""

    type: Words = ""
    title: Words = ""
    url: Words = ""
    payload: AttachmentPayload | None = None


class Postback(Payload):
    """A pressed button, "Get started" among them."""

    mid: Words = ""
    title: Words = ""
    payload: Words = ""
    referral: Whatever | None = None


class Optin(Payload):
    """She agreed to be written to, through a plug-in on a website."""

    ref: Words = ""
    user_ref: Words = ""
    type: Words = ""
    payload: Words = ""


class Delivery(Payload):
    """Which of our messages arrived: some by id, and all before the watermark (milliseconds)."""

    mids: Annotated[list[Words], Many] = []
    watermark: Any = None


class Read(Payload):
    """All our messages before the watermark (milliseconds) were read."""

    watermark: Any = None


class Reaction(Payload):
    """An emoji on an earlier message, given or taken away."""

    mid: Words = ""
    action: Words = ""
    emoji: Words = ""
    reaction: Words = ""


class Edit(Payload):
    """The new text of an earlier message."""

    mid: Words = ""
    text: str | None = None
    num_edit: Words = ""


def _as_list(value: object) -> object:
    return [] if value is None else [value] if isinstance(value, dict) else value


Edits = Annotated[list[Edit], BeforeValidator(_as_list)]


class Item(Payload):
    """One of `messaging` or `standby`; which part is there says what happened."""

    sender: Party | None = None
    recipient: Party | None = None
    timestamp: Any = None
    message: Message | None = None
    postback: Postback | None = None
    referral: Whatever | None = None
    optin: Optin | None = None
    delivery: Delivery | None = None
    read: Read | None = None
    reaction: Reaction | None = None
    message_edit: Edit | None = None
    message_edits: Edits = []

    @property
    def edits(self) -> list[Edit]:
        """All edits, under either name the platform uses."""
        return [*([self.message_edit] if self.message_edit else []), *self.message_edits]

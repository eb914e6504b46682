"""What every channel's parser returns: the field's words for whatever a platform sends.

Plain dataclasses without Django, so that stored webhook bodies can be read with neither database
nor keys (`nyumbani inbox receive --dry-run --json`).
"""

import datetime as dt
import enum
from dataclasses import dataclass, field


class Kind(enum.StrEnum):
    """What an item of a webhook is."""

    MESSAGE = "message"  # somebody wrote to us
    ECHO = "echo"  # staff wrote on the organisation's own phone or page: outbound
    EDIT = "edit"  # the sender changed an earlier message
    DELETION = "deletion"  # the sender took an earlier message back
    REACTION = "reaction"  # an emoji on an earlier message; empty text: taken away again
    STATUS = "status"  # one of our messages was sent, delivered, read, played, failed
    WATERMARK = "watermark"  # everything we sent before `sent_at` was delivered or read
    IDENTITY = "identity"  # the person's number or platform id changed
    TEMPLATE = "template"  # what the platform says of words of ours that it approves
    SYSTEM = "system"  # a notice worth showing that nobody wrote (identity key changed, opt-in...)
    NOT_UNDERSTOOD = "not_understood"  # kept whole and shown; never dropped


class Content(enum.StrEnum):
    """What a message holds."""

    TEXT = "text"
    IMAGE = "image"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACTS = "contacts"
    CHOICE = "choice"  # a button or list reply
    ORDER = "order"
    WELCOME = "welcome"  # opened the chat, wrote nothing yet
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Name:
    """An identifier: `kind` is wa_id, bsuid, parent_bsuid, username, psid, user_ref, msisdn,
    sender (a name or short number in a number's place), tg_id, email or form (one filled in).
    """

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Media:
    """An attached file that a job fetches later, by provider id or by address."""

    content: Content
    mime_type: str = ""
    provider_id: str = ""
    url: str = ""
    sha256: str = ""  # lower-case hex, as the platform claims it
    filename: str = ""
    size: int | None = None  # bytes


@dataclass(frozen=True, slots=True)
class Problem:
    """An error a platform reported."""

    code: int
    title: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class InboundEvent:
    """One item of one webhook body.

    `key` is the permanent unique key of house rules ("(account, message id)" and so on): the same
    item delivered twice, alone or in another batch, gives the same key. It may hold a phone
    number: store it sealed or as a keyed digest, never in the clear.
    """

    channel: str  # the kind of one of registry.kinds()
    account: str  # phone_number_id, page id ...: which of our doors; empty: it does not say
    kind: Kind
    key: str
    content: Content = Content.NONE
    message_id: str = ""  # the item's own id, or else that of the message it speaks of
    identifiers: tuple[Name, ...] = ()  # of the person; never ours
    former: tuple[Name, ...] = ()  # IDENTITY: what she was known by before
    profile_name: str = ""
    sent_at: dt.datetime | None = None  # aware UTC; the sender's or provider's time
    text: str = ""
    media: tuple[Media, ...] = ()
    status: str = ""  # sent | delivered | read | played | failed
    refers_to: str = ""  # message id replied to, reacted to, edited, deleted, or reported on
    callback: str = ""  # our own attempt id, echoed back by the platform
    problems: tuple[Problem, ...] = ()
    data: dict[str, object] = field(default_factory=dict)  # location, contacts, choice id, referral
    notes: tuple[str, ...] = ()  # what a reader should know: "time in milliseconds", "forwarded"
    by_staff: bool = (
        False  # we did it (ECHO, or EDIT, DELETION, REACTION from our own phone or page)
    )
    is_report: bool = False  # only tells what became of something we sent, even if not understood
    past: bool = False  # from before the number was connected: nothing new has happened

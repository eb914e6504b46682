"""What the WhatsApp Cloud API sends, item by item (webhook fields as of mid-2026).

Every name may be missing. Lists of items (messages, statuses ...) are walked one by one in
`parse`, so that a broken item never hides its neighbours; they have no model here.
"""

from typing import Annotated, Any

from pydantic import Field

from nyumbani.inbox.channels.reading import (
    Flag,
    Many,
    Number,
    Payload,
    Size,
    Whatever,
    Words,
)


class Metadata(Payload):
    """Which of our numbers a change came through."""

    display_phone_number: Words = ""
    phone_number_id: Words = ""


class Profile(Payload):
    """What a person calls herself."""

    name: Words = ""
    username: Words = ""


class Card(Payload):
    """One of `contacts`: who somebody is, as far as the platform tells."""

    wa_id: Words = ""
    user_id: Words = ""
    parent_user_id: Words = ""
    profile: Profile | None = None


class ErrorDetails(Payload):
    """The part of an error written for people."""

    details: Words = ""


class Error(Payload):
    """What went wrong, by the platform's number."""

    code: Words = ""
    title: Words = ""
    message: Words = ""
    error_data: ErrorDetails | None = None


class Text(Payload):
    """Plain words; an empty body is a body, a missing one is not."""

    body: str | None = None


class File(Payload):
    """Image, video, document, sticker or audio."""

    id: Words = ""
    url: Words = ""
    mime_type: Words = ""
    sha256: Words = ""
    caption: Words = ""
    filename: Words = ""
    file_size: Size = None
    voice: Flag = False
    animated: Flag = False


class Location(Payload):
    """A place on the map, hers or one she chose."""

    latitude: Number
    longitude: Number
    name: Words = ""
    address: Words = ""
    url: Words = ""


class Reply(Payload):
    """A pressed button or a chosen line of a list."""

    id: Words = ""
    title: Words = ""
    description: Words = ""


class FormReply(Payload):
    """A filled-in form (`response_json` is JSON inside a text)."""

    name: Words = ""
    body: Words = ""
    response_json: Any = None


class CallPermission(Payload):
    """Whether she lets us call her, and until when."""

    response: Words = ""
    expiration_timestamp: Words = ""
    response_source: Words = ""


class Interactive(Payload):
    """An answer to buttons, a list, a form or a request to call."""

    type: Words = ""
    button_reply: Reply | None = None
    list_reply: Reply | None = None
    nfm_reply: FormReply | None = None
    call_permission_reply: CallPermission | None = None


class Button(Payload):
    """A pressed button of a template; the message it answers may not be named."""

    payload: Words = ""
    text: Words = ""


class Reaction(Payload):
    """An emoji on an earlier message; empty or missing when taken away."""

    message_id: Words = ""
    emoji: Words = ""


class Context(Payload):
    """What a message answers, or that it was passed on."""

    id: Words = ""
    from_: Words = Field("", alias="from")
    forwarded: Flag = False
    frequently_forwarded: Flag = False
    referred_product: Whatever | None = None


class Written(Payload):
    """The contents of a message; which one counts is said by `type`."""

    type: Words = ""
    text: Text | None = None
    image: File | None = None
    video: File | None = None
    document: File | None = None
    sticker: File | None = None
    audio: File | None = None
    location: Location | None = None
    contacts: Annotated[list[Whatever], Many] = []
    interactive: Interactive | None = None
    button: Button | None = None
    reaction: Reaction | None = None
    order: Whatever | None = None
    unsupported: Whatever | None = None


class Edit(Payload):
    """The new version of an earlier message."""

    original_message_id: Words = ""
    message: Written | None = None


class Revoke(Payload):
    """An earlier message taken back."""

    original_message_id: Words = ""


class System(Payload):
    """A notice about a person's number or identity."""

    type: Words = ""
    body: Words = ""
    wa_id: Words = ""
    new_wa_id: Words = ""  # older versions of the interface
    customer: Words = ""  # older versions: the number before
    user_id: Words = ""
    parent_user_id: Words = ""
    previous_user_id: Words = ""
    previous_parent_user_id: Words = ""
    identity: Words = ""


class Identity(Payload):
    """The security code of a person's phone; a new one may mean another phone or holder."""

    acknowledged: Flag = False
    created_timestamp: Words = ""
    hash: Words = ""


class HistoryContext(Payload):
    """How far a message of the past had come when the phone was connected."""

    status: Words = ""


class Message(Written):
    """A message, an echo, or a system notice that comes in the shape of a message."""

    id: Words = ""
    timestamp: Any = None
    from_: Words = Field("", alias="from")
    from_user_id: Words = ""
    from_parent_user_id: Words = ""
    to: Words = ""
    to_user_id: Words = ""
    to_parent_user_id: Words = ""
    group_id: Words = ""
    context: Context | None = None
    referral: Whatever | None = None
    errors: Annotated[list[Error], Many] = []
    edit: Edit | None = None
    revoke: Revoke | None = None
    system: System | None = None
    identity: Identity | None = None
    history_context: HistoryContext | None = None


class Status(Payload):
    """How far one of our messages has come."""

    id: Words = ""
    status: Words = ""
    timestamp: Any = None
    recipient_id: Words = ""
    recipient_user_id: Words = ""
    recipient_parent_user_id: Words = ""
    recipient_type: Words = ""
    recipient_participant_id: Words = ""
    recipient_participant_user_id: Words = ""
    recipient_participant_parent_user_id: Words = ""
    biz_opaque_callback_data: Words = ""
    conversation: Whatever | None = None
    pricing: Whatever | None = None
    errors: Annotated[list[Error], Many] = []


class Change(Payload):
    """An id before and after."""

    previous: Words = ""
    current: Words = ""


class UserIdUpdate(Payload):
    """A person's business-scoped id was replaced."""

    wa_id: Words = ""
    detail: Words = ""
    user_id: Change | None = None
    parent_user_id: Change | None = None
    timestamp: Any = None


class UserPreference(Payload):
    """She stopped or resumed what the platform calls marketing messages."""

    wa_id: Words = ""
    user_id: Words = ""
    parent_user_id: Words = ""
    detail: Words = ""
    category: Words = ""
    value: Words = ""
    timestamp: Any = None


class TemplateChange(Payload):
    """What became of a template of ours: its status, its category, what people think of it."""

    event: Words = ""
    message_template_id: Words = ""
    message_template_name: Words = ""
    message_template_language: Words = ""
    message_template_category: Words = ""
    reason: Words = ""
    previous_quality_score: Words = ""
    new_quality_score: Words = ""
    previous_category: Words = ""
    new_category: Words = ""

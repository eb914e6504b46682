"""What Telegram's Bot API sends (as of mid-2026): one update a body.

Every name may be missing. The contents of a message are read one by one in `contents`, so that a
broken one never hides who wrote it and when.
"""

from typing import Annotated, Any

from pydantic import Field

from nyumbani.inbox.channels.reading import Flag, Many, Number, Payload, Size, Whatever, Words


class Account(Payload):
    """Somebody who has an account, or a bot."""

    id: Words = ""
    is_bot: Flag = False
    first_name: Words = ""
    last_name: Words = ""
    username: Words = ""

    @property
    def name(self) -> str:
        """What they call themselves."""
        return f"{self.first_name} {self.last_name}".strip()


class Chat(Payload):
    """Where something was written: `private` with one person, or a group or channel."""

    id: Words = ""
    type: Words = ""
    title: Words = ""
    first_name: Words = ""
    last_name: Words = ""
    username: Words = ""


class Quoted(Payload):
    """The message this one answers, as far as we need it."""

    message_id: Words = ""
    chat: Chat | None = None


class Entity(Payload):
    """A marked stretch of a text; `url` where the words hide a link."""

    type: Words = ""
    url: Words = ""


class Message(Payload):
    """Who wrote, where, when and on what; the contents stand beside it."""

    message_id: Words = ""
    from_: Account | None = Field(None, alias="from")
    sender_chat: Whatever | None = None
    chat: Chat | None = None
    date: Any = None
    edit_date: Any = None
    reply_to_message: Quoted | None = None
    forward_origin: Whatever | None = None
    forward_date: Any = None
    media_group_id: Words = ""
    caption: str | None = None
    entities: Annotated[list[Any], Many] = []
    caption_entities: Annotated[list[Any], Many] = []


class File(Payload):
    """Any file: Telegram gives it on demand, by its id."""

    file_id: Words = ""
    file_size: Size = None
    file_name: Words = ""
    mime_type: Words = ""
    width: Size = None
    height: Size = None
    duration: Size = None
    emoji: Words = ""

    @property
    def surface(self) -> int:
        """How large a picture is, in dots."""
        return (self.width or 0) * (self.height or 0)


class Place(Payload):
    """A place on the map; `live_period` while it moves."""

    latitude: Number
    longitude: Number
    live_period: Size = None
    horizontal_accuracy: Number | None = None


class Venue(Payload):
    """A place with a name."""

    location: Place
    title: Words = ""
    address: Words = ""


class Card(Payload):
    """Somebody from an address book; `user_id` where that number has an account."""

    phone_number: Words = ""
    first_name: Words = ""
    last_name: Words = ""
    user_id: Words = ""


class Press(Payload):
    """A pressed button under a message of ours; the date of that is not when it was pressed."""

    id: Words = ""
    from_: Account | None = Field(None, alias="from")
    message: Whatever | None = None
    data: Words = ""


class Standing(Payload):
    """How a member stands in a chat: member, kicked, left, ..."""

    status: Words = ""


class Membership(Payload):
    """Our bot was let in, thrown out or blocked."""

    chat: Chat | None = None
    from_: Account | None = Field(None, alias="from")
    date: Any = None
    new_chat_member: Standing | None = None


class Reaction(Payload):
    """An emoji on an earlier message, given or taken away."""

    chat: Chat | None = None
    message_id: Words = ""
    user: Account | None = None
    date: Any = None
    new_reaction: Annotated[list[Whatever], Many] = []


class Anything(Payload):
    """An update of a kind we do not know: who and when, if it says so."""

    id: Words = ""
    from_: Account | None = Field(None, alias="from")
    user: Account | None = None
    chat: Chat | None = None
    date: Any = None

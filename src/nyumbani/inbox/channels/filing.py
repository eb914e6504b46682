"""How a channel carries a file: brought to the platform first, or within the message itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from nyumbani.inbox.channels.events import Content, Name
from nyumbani.inbox.channels.outgoing import CannotSend, Outgoing, Part, Refused, Unclear
from nyumbani.kit.phrases import gettext_noop


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that is to leave, without its bytes."""

    content: Content  # image | voice | audio | document
    mime_type: str
    size: int  # bytes
    name: str  # as it will stand on her telephone: it tells nothing

    def part(self, field_name: str) -> Part:
        """The file as a part of a request, under this name."""
        return Part(field_name, self.name, self.mime_type)


class Carry(Protocol):
    """Builds the request that sends a message with a file; raises CannotSend."""

    def __call__(
        self, *, account: str, to: Name, parcel: Parcel, caption: str, callback: str,
        reply_to: str = "", media_id: str = "",
    ) -> Outgoing:  # fmt: skip
        """`media_id` is what `Filing.brought` understood, where files are brought first."""


class Bring(Protocol):
    """Builds the request that brings a file to the platform; nobody is told of it yet."""

    def __call__(self, *, account: str, parcel: Parcel) -> Outgoing:
        """It may be asked again: what was brought twice is sent once."""


class Brought(Protocol):
    """Understands the answer to a `Bring`."""

    def __call__(self, status: int, body: bytes, *, attempt: int = 1) -> str | Refused | Unclear:
        """The platform's id of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """How files leave through a channel. How large they may be stands in the channel's limits."""

    carry: Carry
    captions: Mapping[Content, int] = field(default_factory=dict)  # how long; none: no words
    bring: Bring | None = None  # None: the file goes within the message
    brought: Brought | None = None


def chosen(kinds: Mapping[Content, str], parcel: Parcel) -> str:
    """What a platform calls a file of this kind; raises CannotSend if it takes none."""
    try:
        return kinds[parcel.content]
    except KeyError:
        raise CannotSend(gettext_noop("this channel takes no such file")) from None

"""What passes between phones, platform and post, and what each may ask of the other."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Protocol

from nyumbani.drill.wire.doors import Door

Shape = dict[str, Any]  # one JSON object as the platform writes it


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a webhook body: a message, a status, a change of number."""

    door: Door
    shape: Shape
    field: str = "messages"  # WhatsApp: the change's field; Messenger knows only "messaging"
    under: str = "messages"  # WhatsApp: the list in the change's value
    contact: Shape | None = None  # WhatsApp: who wrote, as named beside the item
    told_at: int = 0  # WhatsApp: when, in seconds, where only the entry says it


@dataclass(frozen=True, slots=True)
class Upload:
    """A file a person sent, as the platform keeps it."""

    id: str
    url: str  # Messenger: signed address, opened without a token while it lives
    mime_type: str
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A message of ours as it lies on her phone."""

    id: str
    kind: str  # text | template | reaction | photo | voice | audio | document
    text: str
    at: dt.datetime  # when the platform took it
    refers_to: str = ""  # the message it replies or reacts to
    callback: str = ""  # what we asked to have echoed (biz_opaque_callback_data)
    file: bytes = field(default=b"", repr=False)  # what came with it, as it lies on her phone
    file_name: str = ""
    file_url: str = ""  # where the platform shows it to the page


class Handset(Protocol):
    """What the platform needs of a phone."""

    @property
    def door(self) -> Door:
        """The account of ours this phone writes to."""

    @property
    def addresses(self) -> frozenset[str]:
        """Everything she can be reached by on this channel now."""

    @property
    def profile(self) -> Shape:
        """What the platform tells about her when asked for her name."""

    def arrive(self, letter: Letter) -> None:
        """Lay a message of ours on the phone; it says itself when it is delivered and read."""

    def tick(self, message_id: str) -> None:
        """Show her that we read her message (blue ticks)."""


class Platform(Protocol):
    """What a phone needs of the platform."""

    def now(self) -> dt.datetime:
        """The time the story is at."""

    def join(self, handset: Handset) -> None:
        """Let this phone be written to."""

    def new_id(self, address: str) -> str:
        """The id of a message from or to this address, shaped like the platform's own."""

    def upload(self, door: Door, content: bytes, mime_type: str) -> Upload:
        """Keep a file she sends."""

    def wrote(self, handset: Handset, item: Item, *, at: dt.datetime) -> None:
        """Carry a message of hers to our door; it opens the reply window."""

    def carry(self, item: Item, *, wait: float = 0.0) -> None:
        """Carry any item to our door after `wait` real seconds."""

    def report(self, handset: Handset, letter: Letter, status: str) -> None:
        """Tell our door what became of a message of ours: delivered or read."""

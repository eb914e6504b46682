"""What the pages ask of the stage, and what they are told; typed on both sides of the wire."""

import datetime as dt
import enum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

LONGEST_TEXT = 2000  # characters; Messenger's own limit, WhatsApp takes twice as many

_Key = Annotated[str, Field(max_length=40)]
_MessageId = Annotated[str, Field(max_length=300)]
_Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]


class Deed(enum.StrEnum):
    """What can be done with a phone beside writing on it."""

    VOICE = "voice"
    PHOTO = "photo"
    PLACE = "place"
    ONCE = "once"  # a photo to be seen once, which the platform does not pass on
    OPEN = "open"  # she opens the chat and reads
    OFF = "off"
    ON = "on"
    NUMBER = "number"  # she changes her number


class _Typed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


# ---- cues ----


class Look(_Typed):
    """Tell how things stand; with `settle` wait first until nothing is on its way."""

    cue: Literal["look"] = "look"
    settle: bool = False


class Play(_Typed):
    """Play a step of the phones or the platform, by its place in the story."""

    cue: Literal["play"] = "play"
    step: Annotated[int, Field(ge=0)]


class Write(_Typed):
    """She writes a text."""

    cue: Literal["write"] = "write"
    phone: _Key
    text: _Text


class Do(_Typed):
    """She does something else with her phone."""

    cue: Literal["do"] = "do"
    phone: _Key
    deed: Deed


class Edit(_Typed):
    """She writes other words into a message of hers."""

    cue: Literal["edit"] = "edit"
    phone: _Key
    message: _MessageId
    text: _Text


class TakeBack(_Typed):
    """She deletes a message of hers for everybody."""

    cue: Literal["take_back"] = "take_back"
    phone: _Key
    message: _MessageId


class Again(_Typed):
    """Begin the whole demonstration anew."""

    cue: Literal["again"] = "again"


PhoneCue = Write | Do | Edit | TakeBack
Cue = Look | Play | PhoneCue | Again
CUES: TypeAdapter[Cue] = TypeAdapter(Annotated[Cue, Field(discriminator="cue")])


# ---- answers ----


class Bubble(_Typed):
    """One message as it stands on a phone."""

    id: str
    is_hers: bool
    kind: str  # text | voice | audio | photo | document | place | template | reaction | other
    text: str
    at: dt.datetime
    is_edited: bool = False
    is_taken_back: bool = False


class PhoneShown(_Typed):
    """One phone as it lies there now."""

    key: str
    channel: str
    account: str  # ours, which she writes to
    address: str  # number or username as people would read it; empty on Messenger
    is_on: bool
    unread: int
    bubbles: tuple[Bubble, ...]  # oldest first


class Written(_Typed):
    """A message somebody wrote on a phone, as the platform names it."""

    channel: str
    account: str
    id: str


class Scene(_Typed):
    """How things stand on the stage."""

    played: frozenset[int]  # steps of the phones and the platform
    messages: dict[str, Written]  # by the key of the step that wrote them
    written: tuple[Written, ...]  # every message of every phone, by script or by hand
    bodies: int  # webhook bodies our doors have taken, each counted once however often it came
    phones: tuple[PhoneShown, ...]

    def phone(self, key: str) -> PhoneShown | None:
        """The phone of this person of the cast."""
        return next((phone for phone in self.phones if phone.key == key), None)

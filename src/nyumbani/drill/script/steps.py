"""The vocabulary of the story: every kind of step an act may hold.

A step says who does what at which moment, with the words. Steps of the phones and of the platform
are played by `drill.stage`; steps of the staff by whoever plays the staff: the story test through
the pages, the demo through the same verbs. `key` names what a step brings into the world, so that
later steps can point to it.
"""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens `at` an aware moment, done by `who` (a key of the cast)."""

    at: dt.datetime
    who: str


# ---- on the phones ----


@dataclass(frozen=True, slots=True)
class Writes(Step):
    """She writes a text."""

    key: str
    text: str
    reply_to: str = ""  # key of a message


@dataclass(frozen=True, slots=True)
class Speaks(Step):
    """She sends a voice note; `label` stands inside the file."""

    key: str
    seconds: float
    label: str


@dataclass(frozen=True, slots=True)
class Reads(Step):
    """She opens the chat and reads what we wrote."""


# ---- on the platform ----


@dataclass(frozen=True, slots=True)
class Together(Step):
    """Several messages reach our door in one body, shuffled; `who` is the platform."""

    steps: tuple[Writes | Speaks, ...]


@dataclass(frozen=True, slots=True)
class DeliversAgain(Step):
    """The platform delivers the last bodies a second time; `who` is the platform."""

    last: int = 1


# ---- at the organisation ----


@dataclass(frozen=True, slots=True)
class Answers(Step):
    """A colleague replies in the conversation of `to`."""

    key: str
    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Notes(Step):
    """A colleague writes an internal note beside the message `on`."""

    on: str
    text: str


@dataclass(frozen=True, slots=True)
class OpensCase(Step):
    """A colleague opens a case from the message `about`: `reporter` told of an unnamed person.

    `known_as` is the name the reporter used, which nobody has established; `alleged` is what she
    told, kept as alleged and tied to that message. `title` stands in lists and names nobody.
    """

    key: str
    about: str
    reporter: str
    known_as: str
    alleged: str
    title: str
    in_danger: bool = False  # somebody must act now


@dataclass(frozen=True, slots=True)
class Assigns(Step):
    """A colleague gives the case to `to`."""

    case: str
    to: str


@dataclass(frozen=True, slots=True)
class AddsTask(Step):
    """A colleague writes down a task of the case, due at an aware moment."""

    key: str
    case: str
    text: str
    due: dt.datetime


PhoneStep = Writes | Speaks | Reads
PlatformStep = Together | DeliversAgain
StaffStep = Answers | Notes | OpensCase | Assigns | AddsTask
AnyStep = PhoneStep | PlatformStep | StaffStep
PLATFORM = "platform"  # who delivers again, or several at once

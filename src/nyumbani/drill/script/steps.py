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


@dataclass(frozen=True, slots=True)
class BringsIn(Step):
    """A colleague brings a group chat into a case, as a woman's telephone exported it."""

    group: str  # key of script.groups
    case: str


@dataclass(frozen=True, slots=True)
class SaysWho(Step):
    """A colleague says who wrote under which name in a group chat; `names` is name → cast."""

    group: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Joins(Step):
    """A colleague adds somebody who wrote by herself to a case, and notes what she speaks."""

    case: str
    whom: str


@dataclass(frozen=True, slots=True)
class Agrees(Step):
    """What was agreed with her: hours on her own clock, as "21:00-23:00", and a word of danger."""

    whom: str
    hours: str = ""
    duress_word: str = ""


@dataclass(frozen=True, slots=True)
class Broadcasts(Step):
    """A colleague sends the same words to everybody of a case, in each one's language."""

    key: str
    case: str
    subject: str  # for colleagues
    words: tuple[tuple[str, str], ...]  # language → words; the first for who speaks none of them


@dataclass(frozen=True, slots=True)
class SettlesAlarm(Step):
    """A colleague has found out what the duress word of `whom` meant."""

    whom: str
    how: str


@dataclass(frozen=True, slots=True)
class WritesFact(Step):
    """A colleague writes down what the message `about` says."""

    about: str
    case: str
    matter: str  # a value of cases.terms.Matter
    text: str


PhoneStep = Writes | Speaks | Reads
PlatformStep = Together | DeliversAgain
StaffStep = (
    Answers | Notes | OpensCase | Assigns | AddsTask | BringsIn | SaysWho | Joins | Agrees
    | Broadcasts | SettlesAlarm | WritesFact
)  # fmt: skip
AnyStep = PhoneStep | PlatformStep | StaffStep
PLATFORM = "platform"  # who delivers again, or several at once

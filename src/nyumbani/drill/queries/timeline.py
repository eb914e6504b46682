"""The story in words, step by step, and the hour in its places."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel import dates
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from nyumbani.accounts.viewers import Viewer
from nyumbani.drill.script.act import Act
from nyumbani.drill.script.acts import ACTS, CAST, COLLEAGUES, FIRST_STEPS, STEPS
from nyumbani.drill.script.steps import (
    AddsTask,
    Agrees,
    Answers,
    AnyStep,
    Assigns,
    BringsIn,
    Broadcasts,
    DeliversAgain,
    Joins,
    Notes,
    OpensCase,
    PhoneStep,
    Reads,
    SaysWho,
    SettlesAlarm,
    Speaks,
    StaffStep,
    Together,
    Writes,
    WritesFact,
)
from nyumbani.kit import clock
from nyumbani.ui import words

PLACES = (("Africa/Nairobi", gettext_noop("Nairobi")), ("Africa/Tripoli", gettext_noop("Tripoli")))
_ICONS: tuple[tuple[type, str], ...] = (
    (Speaks, "voice"), (Answers, "reply"), (Notes, "note"), (OpensCase, "cases"),
    (Assigns, "staff"), (AddsTask, "today"), (BringsIn, "inbox"), (SaysWho, "staff"),
    (Joins, "cases"), (Agrees, "clock"), (Broadcasts, "reply"), (SettlesAlarm, "note"),
    (WritesFact, "note"), (DeliversAgain, "inbox"), (Together, "inbox"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """One step on the timeline; `said` are the words written in it."""

    number: int  # from 1, as people count
    at: dt.datetime
    icon: str
    words: str
    said: tuple[str, ...]
    is_done: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class ActShown:
    """One act of the story, its steps, and the number of its last step."""

    number: int
    name: str
    marks: list[Mark]
    is_open: bool
    last: int


@dataclass(frozen=True, slots=True)
class Hour:
    """What the clock on the wall says somewhere."""

    place: str
    iso: str
    time: str


def timeline(viewer: Viewer, done: Collection[int]) -> list[Mark]:  # noqa: ARG001 - it is fiction
    """All steps of the story in order."""
    following = position(done)
    return [
        Mark(n + 1, step.at, _icon(step), _words(step), _said(step), n in done, n == following)
        for n, step in enumerate(STEPS)
    ]


def acts(viewer: Viewer, done: Collection[int]) -> list[ActShown]:
    """The acts in order, each with its steps; the one the story stands in is open."""
    marks, now = timeline(viewer, done), act_at(position(done))
    ends = [*FIRST_STEPS[1:], len(STEPS)]
    return [
        ActShown(act.number, _(act.name), marks[start:end], is_open=act is now, last=end)
        for act, start, end in zip(ACTS, FIRST_STEPS, ends, strict=True)
    ]


def act_at(position: int) -> Act:
    """The act in which so many steps have happened; between two, the one that has ended."""
    begun = [act for act, start in zip(ACTS, FIRST_STEPS, strict=True) if start < position]
    return begun[-1] if begun else ACTS[0]


def position(done: Collection[int]) -> int:
    """How many steps from the beginning have happened, up to the first that has not."""
    return next((n for n in range(len(STEPS)) if n not in done), len(STEPS))


def today() -> str:
    """The story's day in full, in Nairobi."""
    here = clock.now().astimezone(ZoneInfo(PLACES[0][0]))
    return dates.format_date(here, "full", locale=words.locale())


def hours() -> list[Hour]:
    """What time it is in the places of the story."""
    now = clock.now()
    iso = now.isoformat(timespec="seconds")
    return [Hour(_(name), iso, f"{now.astimezone(ZoneInfo(zone)):%H:%M}") for zone, name in PLACES]


def _icon(step: AnyStep) -> str:
    return next((icon for kind, icon in _ICONS if isinstance(step, kind)), "phone")


def _said(step: AnyStep) -> tuple[str, ...]:
    match step:
        case Writes() | Answers() | Notes() | AddsTask() | WritesFact():
            return (step.text,)
        case Broadcasts():
            return tuple(text for _language, text in step.words)
        case SettlesAlarm():
            return (step.how,)
        case OpensCase():
            return (step.alleged,)
        case Together():
            return tuple(inner.text for inner in step.steps if isinstance(inner, Writes))
        case _:
            return ()


def _words(step: AnyStep) -> str:
    if isinstance(step, StaffStep):
        return _at_the_organisation(step)
    if isinstance(step, Together):
        who = ", ".join(dict.fromkeys(CAST[inner.who].first_name for inner in step.steps))
        count = len(step.steps)
        return ngettext(
            "%(n)d message of %(who)s arrives in one delivery",
            "%(n)d messages of %(who)s arrive in one delivery, out of order",
            count,
        ) % {"n": count, "who": who}
    if isinstance(step, DeliversAgain):
        return _("The platform delivers the same once more")
    return _on_the_phones(step)


def _on_the_phones(step: PhoneStep) -> str:
    who = CAST[step.who]
    names = {"who": who.first_name, "channel": _channel(who.channel), "place": who.place}
    match step:
        case Writes():
            return _("%(who)s writes from %(place)s by %(channel)s") % names
        case Speaks():
            return _("%(who)s sends a voice note by %(channel)s: %(seconds)d seconds") % {
                **names, "seconds": step.seconds,
            }  # fmt: skip
        case Reads():
            return _("%(who)s reads the answer") % names


_CHANNELS = {"whatsapp": "WhatsApp", "messenger": "Messenger", "telegram": "Telegram", "sms": "SMS"}


def _channel(channel: object) -> str:
    return _CHANNELS[str(channel)]


_AT_THE_ORGANISATION: dict[type[AnyStep], str] = {
    Answers: gettext_noop("%(staff)s answers %(who)s"),
    Notes: gettext_noop("%(staff)s writes a note for colleagues"),
    OpensCase: gettext_noop("%(staff)s opens a case about somebody who has not written"),
    Assigns: gettext_noop("%(staff)s takes the case"),
    AddsTask: gettext_noop("%(staff)s sets a task"),
    BringsIn: gettext_noop("%(staff)s brings in a group chat of the women"),
    SaysWho: gettext_noop("%(staff)s says who is who in a group chat"),
    Joins: gettext_noop("%(staff)s adds %(who)s to the case"),
    Agrees: gettext_noop("%(staff)s writes down when and how %(who)s may be written to"),
    Broadcasts: gettext_noop("%(staff)s sends the same safe words to everybody of the case"),
    SettlesAlarm: gettext_noop("%(staff)s settles the alarm about %(who)s"),
    WritesFact: gettext_noop("%(staff)s writes down what was said"),
}


def _at_the_organisation(step: StaffStep) -> str:
    names = {"staff": COLLEAGUES[step.who].display_name}
    if isinstance(step, Answers):
        names["who"] = CAST[step.to].first_name
    elif isinstance(step, Joins | Agrees | SettlesAlarm):
        names["who"] = CAST[step.whom].first_name
    return _(_AT_THE_ORGANISATION[type(step)]) % names

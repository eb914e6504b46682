"""The story in words, step by step, and the hour in its places."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel import dates
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from nyumbani.accounts.viewers import Viewer
from nyumbani.drill.script.acts import CAST, COLLEAGUES, STEPS
from nyumbani.drill.script.steps import (
    AddsTask,
    Answers,
    AnyStep,
    Assigns,
    DeliversAgain,
    Notes,
    OpensCase,
    PhoneStep,
    Reads,
    Speaks,
    StaffStep,
    Together,
    Writes,
)
from nyumbani.kit import clock
from nyumbani.ui import words

PLACES = (("Africa/Nairobi", gettext_noop("Nairobi")), ("Africa/Tripoli", gettext_noop("Tripoli")))
_ICONS: tuple[tuple[type, str], ...] = (
    (Speaks, "voice"), (Answers, "reply"), (Notes, "note"), (OpensCase, "cases"),
    (Assigns, "staff"), (AddsTask, "today"), (DeliversAgain, "inbox"), (Together, "inbox"),
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
        case Writes() | Answers() | Notes() | AddsTask():
            return (step.text,)
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
        who = CAST[step.steps[0].who].first_name
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


def _channel(channel: object) -> str:
    return "WhatsApp" if str(channel) == "whatsapp" else "Messenger"


def _at_the_organisation(step: StaffStep) -> str:
    names = {"staff": COLLEAGUES[step.who].display_name}
    match step:
        case Answers():
            return _("%(staff)s answers %(who)s") % {**names, "who": CAST[step.to].first_name}
        case Notes():
            return _("%(staff)s writes a note for colleagues") % names
        case OpensCase():
            return _("%(staff)s opens a case about somebody who has not written") % names
        case Assigns():
            return _("%(staff)s takes the case") % names
        case AddsTask():
            return _("%(staff)s sets a task") % names

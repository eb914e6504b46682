"""A form becomes one event. Never raises, whatever the bytes are."""

import datetime as dt

from nyumbani.inbox.channels.body import Malformed, load
from nyumbani.inbox.channels.events import Content, InboundEvent, Kind, Name
from nyumbani.inbox.channels.keys import digest_of, key
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.walking import item_of, not_json, noted, unreadable
from nyumbani.inbox.channels.webform.door import CHANNEL, KIND
from nyumbani.inbox.channels.webform.payloads import Filled
from nyumbani.kit.phrases import gettext_noop

CANNOT_BE_REACHED = gettext_noop("no way to answer was given: she cannot be reached")
NOT_VERIFIED = gettext_noop("how to reach her is not verified: anybody can write it")
SOMEBODY_ELSE = gettext_noop("about somebody else")
WHOM_IS_NOT_SAID = gettext_noop("about whom is not said")
A_MACHINE = gettext_noop("a field that nobody sees was filled in: probably a machine")
NO_WORDS = gettext_noop("no text")
NO_TIME = gettext_noop("time not understood")
NOT_AN_OBJECT = gettext_noop("not an object")
_LONGEST = 40  # characters of the site's id
_SHOWN = ("name", "phone", "email", "safe_when", "about")


def parse(body: bytes) -> list[InboundEvent]:
    """The one event of a form; what cannot be read is kept whole."""
    try:
        found = load(body)
    except Malformed as error:
        return [not_json(CHANNEL, body, error)]
    if not isinstance(found.tree, dict):
        return [unreadable(CHANNEL, body, NOT_AN_OBJECT, {"raw": found.tree})]
    events = item_of(found.tree, read=_read, otherwise=_otherwise)
    return [noted(event, *found.notes) for event in events]


def _read(raw: dict[str, object]) -> list[InboundEvent]:
    filled, notes = read(Filled, raw)
    words = (filled.words or "").strip()
    is_machine = bool(filled.website.strip())
    at, time_notes = _moment(filled.written_at)
    own = filled.id if 0 < len(filled.id) <= _LONGEST else digest_of(raw)
    given = {name: getattr(filled, name).strip() for name in _SHOWN}
    odd = [*([A_MACHINE] if is_machine else []), *([] if words else [NO_WORDS])]
    data: dict[str, object] = {"form": {name: value for name, value in given.items() if value}}
    if odd or notes:
        data["raw"] = {name: value for name, value in raw.items() if name != "visitor"}
    event = InboundEvent(
        channel=CHANNEL,
        account="",
        kind=Kind.NOT_UNDERSTOOD if odd else Kind.MESSAGE,
        key=key("form", own, digest_of([words, given])),
        content=Content.TEXT,
        message_id=own,
        # A form a machine filled in is shown among what is odd and becomes nobody's thread.
        identifiers=() if is_machine else (Name(KIND, own),),
        profile_name=given["name"][:200],
        sent_at=at,
        text=words,
        data=data,
        notes=(*odd, *_remarks(given), *notes, *time_notes),
    )
    return [event]


def _remarks(given: dict[str, str]) -> tuple[str, ...]:
    can_answer = given["phone"] or given["email"]
    about = {"me": (), "somebody_else": (SOMEBODY_ELSE,)}.get(given["about"], (WHOM_IS_NOT_SAID,))
    return (NOT_VERIFIED if can_answer else CANNOT_BE_REACHED, *about)


def _moment(written: str) -> tuple[dt.datetime | None, tuple[str, ...]]:
    if not written:
        return None, ()
    try:
        found = dt.datetime.fromisoformat(written)
        return (found.astimezone(dt.UTC), ()) if found.tzinfo else (None, (NO_TIME,))
    except (ValueError, OverflowError):
        return None, (NO_TIME,)


def _otherwise(raw: object, why: str) -> InboundEvent:
    return InboundEvent(
        CHANNEL, "", Kind.NOT_UNDERSTOOD, key("form", digest_of(raw)), data={"raw": raw},
        notes=(why,),
    )  # fmt: skip

"""Letters that machines write about ours: it came back, it waits, it was shown.

Their forms are those of RFC 3464 and RFC 8098.

They count only where they name a letter of ours by its id, which nobody knows but who got it.
"""

import re

from nyumbani.inbox.channels.email.door import CHANNEL
from nyumbani.inbox.channels.email.headers import every, first, message_ids, moment
from nyumbani.inbox.channels.email.letters import Letter, opened
from nyumbani.inbox.channels.email.parts import Part, parts_of
from nyumbani.inbox.channels.events import InboundEvent, Kind, Problem
from nyumbani.inbox.channels.keys import key
from nyumbani.inbox.channels.wording import plain
from nyumbani.kit.phrases import gettext_noop

STATES = {
    "failed": "failed",
    "delivered": "delivered",
    "delayed": "sent",
    "relayed": "sent",
    "expanded": "sent",
}
WAITS = gettext_noop("it has not arrived yet: the mail server goes on trying")
NOT_OURS = gettext_noop("a report that names no letter of ours")
NO_STATE = gettext_noop("a report that does not say what became of it")
_CODE = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})", re.ASCII)
_OURS = re.compile(r"<([0-9A-HJKMNP-TV-Z]{26})@[^<>]+>", re.IGNORECASE | re.ASCII)
_TYPES = frozenset({"message/delivery-status", "message/disposition-notification"})


def is_report(letter: Letter) -> bool:
    """Whether a machine wrote this about a letter."""
    return letter.kind == "multipart/report" and bool(_told(parts_of(letter)))


def report(letter: Letter, digest: str) -> InboundEvent:
    """What became of one of our letters; not understood where it does not say of which."""
    parts = parts_of(letter)
    lines = _told(parts)
    about = _named(letter, parts)
    state = _state(lines)
    ours = _OURS.fullmatch(about)
    odd = [*([] if ours else [NOT_OURS]), *([] if state else [NO_STATE])]
    status = lines.get("status", "") or lines.get("diagnostic-code", "")
    at, notes = moment(first(letter, "Date"))
    return InboundEvent(
        channel=CHANNEL,
        account="",
        kind=Kind.NOT_UNDERSTOOD if odd else Kind.STATUS,
        key=key("report", digest),
        message_id=about,
        sent_at=at,
        status="" if odd else state,
        refers_to=about,
        callback=ours[1].upper() if ours else "",
        problems=(Problem(code_of(status)),) if state == "failed" else (),
        data={"report": {name: lines[name][:500] for name in lines if name in _KEPT}},
        notes=(*odd, *notes, *((WAITS,) if lines.get("action") == "delayed" else ())),
        is_report=True,
    )


_TOLD = ("action", "status", "diagnostic-code", "disposition", "original-message-id")
_KEPT = frozenset({"action", "status", "diagnostic-code", "disposition"})


def code_of(status: str) -> int:
    """One number for a status such as 5.1.1: 50101; 0 where there is none."""
    found = _CODE.search(status)
    return int(found[1]) * 10_000 + int(found[2]) * 100 + int(found[3]) % 100 if found else 0


def _told(parts: list[Part]) -> dict[str, str]:
    """Name and value of all lines of the part that is meant for machines."""
    for part in parts:
        if part.kind in _TYPES:
            found: dict[str, str] = {}
            for block in part.letter.inner or [opened(part.content())]:
                for name in _TOLD:
                    if values := every(block, name):
                        found[name] = values[0]
            return {name: value.strip() for name, value in found.items()}
    return {}


def _state(lines: dict[str, str]) -> str:
    if "disposition" in lines:
        shown = lines["disposition"].partition(";")[2].strip().lower()
        return "read" if shown.startswith("displayed") else ""
    return STATES.get(plain(lines.get("action", "").lower()), "")


def _named(letter: Letter, parts: list[Part]) -> str:
    """The id of the letter that is reported on."""
    told = message_ids(_told(parts).get("original-message-id", ""))
    for part in parts:
        if part.kind in {"message/rfc822", "text/rfc822-headers", "message/global-headers"}:
            told += message_ids(first(opened(part.content()), "Message-ID"))
    for name in ("In-Reply-To", "References"):
        told += message_ids(first(letter, name))
    return next((one for one in told if _OURS.fullmatch(one)), told[0] if told else "")

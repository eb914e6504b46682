"""What stands over a letter. Nothing here raises, whatever somebody wrote there.

Headers are read from their raw lines: the standard library's newer header objects refuse or
stumble over what hostile or very old programs write, and a letter must not be lost for that.
"""

import datetime as dt
import email.header
import email.utils
import re
from email.message import Message

from nyumbani.inbox.channels.email.charsets import storable, words_of
from nyumbani.kit.phrases import gettext_noop

LONGEST = 20_000  # characters of one header that are read
NO_ZONE = gettext_noop("time without a zone, taken as UTC")
NOT_UNDERSTOOD = gettext_noop("time not understood")
_ID = re.compile(r"<[^<>\s]{1,900}>")
_QUOTED = re.compile(r'"[^"]*"')
_BREAK = re.compile(r"[\r\n]+[ \t]*")


def every(message: Message, name: str) -> list[str]:
    """All headers of this name as they came, each on one line, the topmost first."""
    wanted = name.lower()
    return [
        _BREAK.sub(" ", str(value)[:LONGEST]).strip()
        for known, value in message.raw_items()
        if known.lower() == wanted
    ]


def first(message: Message, name: str) -> str:
    """The topmost header of this name, or nothing."""
    found = every(message, name)
    return found[0] if found else ""


def decoded(raw: str) -> str:
    """A header's words: `=?utf-8?B?…?=` and bytes without any sign become letters."""
    if not raw.isascii():
        raw = words_of(raw.encode("utf-8", "surrogateescape"), "")[0]
    try:
        parts = email.header.decode_header(raw)
    except (email.errors.HeaderParseError, ValueError, LookupError):
        return storable(raw)
    said = [
        words_of(part, charset or "")[0] if isinstance(part, bytes) else part
        for part, charset in parts
    ]
    return " ".join(storable("".join(said)).split())


def addresses(raw: str) -> list[tuple[str, str]]:
    """Names and addresses in a header such as From or To."""
    try:
        found = email.utils.getaddresses([raw])
    except (ValueError, IndexError, TypeError, RecursionError):
        found = []
    return [(decoded(name), storable(address)) for name, address in found[:100] if address]


def message_ids(raw: str) -> list[str]:
    """The ids of letters that a header names, in its order."""
    return [storable(one) for one in _ID.findall(raw)]


def moment(raw: str) -> tuple[dt.datetime | None, tuple[str, ...]]:
    """The aware UTC time a header names, and what a reader should know of it."""
    if not raw:
        return None, ()
    try:
        found = email.utils.parsedate_to_datetime(raw[:200])
        if found.tzinfo is None:
            return found.replace(tzinfo=dt.UTC), (NO_ZONE,)
        return found.astimezone(dt.UTC), ()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None, (NOT_UNDERSTOOD,)


def bare(raw: str) -> str:
    """A header without what stands in quotes or brackets: there anybody can write anything."""
    kept: list[str] = []
    opened: list[int] = []  # where each bracket stands that is open; each sign is looked at once
    for sign in _QUOTED.sub(" ", raw):
        if sign == ")" and opened:
            del kept[opened.pop() :]
            kept.append(" ")
            continue
        if sign == "(":
            opened.append(len(kept))
        kept.append(sign)
    return "".join(kept)

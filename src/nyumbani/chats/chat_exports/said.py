"""What comes out of an export: one message, and what a reader of it should be told."""

import datetime as dt
from typing import NamedTuple

from nyumbani.chats.chat_exports.kinds import Kind

BACKWARD = "backward_time"
ONCE = "one_off_sender"
HEADER_INSIDE = "header_like_inside"
AMBIGUOUS_DATE = "ambiguous_date"
TWICE = "ambiguous_local_time"  # the clock was set back: this hour came twice
NEVER = "nonexistent_local_time"  # the clock was set forward over this hour
NOT_UTF8 = "not_utf8"
NO_HEADER = "no_header"
UNKNOWN_WORDS = "unknown_words"  # looks like WhatsApp's own words, in a language we lack
FLAGS = frozenset({
    BACKWARD, ONCE, HEADER_INSIDE, AMBIGUOUS_DATE, TWICE, NEVER, NOT_UTF8, NO_HEADER, UNKNOWN_WORDS,
})  # fmt: skip


class Said(NamedTuple):
    """One message: what stands between two bytes of the file."""

    sent_at: dt.datetime | None  # in the zone asked for; without a zone when none was
    sender: str | None
    text: str  # as it stands, without the line break at its end
    kind: Kind
    byte_start: int
    byte_end: int  # the next one starts here
    flags: tuple[str, ...]
    media: tuple[str, ...] = ()

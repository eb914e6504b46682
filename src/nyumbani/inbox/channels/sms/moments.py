"""When an SMS was sent, as the gateway writes it: 2018-03-19T08:34:18.445Z, or without a zone."""

import datetime as dt
import re

from nyumbani.inbox.channels.times import Unit, moment
from nyumbani.kit.phrases import gettext_noop

NO_ZONE = gettext_noop("time without a zone, taken as UTC")
_LOST_PLUS = re.compile(r" (\d{2}:?\d{2})\Z", re.ASCII)  # a plus that was not escaped
_HAS_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", re.ASCII)


def moment_of(written: str) -> tuple[dt.datetime | None, tuple[str, ...]]:
    """The aware UTC time, and what a reader should know of it. Never raises."""
    said = written.strip()
    if not _HAS_TIME.match(said):
        return moment(said, usual=Unit.SECONDS)
    if len(said) > len("2018-03-19 08:34"):
        said = said[:16] + _LOST_PLUS.sub(r"+\1", said[16:])
    try:
        found = dt.datetime.fromisoformat(said)
        if found.tzinfo is None:
            return found.replace(tzinfo=dt.UTC), (NO_ZONE,)
        return found.astimezone(dt.UTC), ()
    except (ValueError, OverflowError):
        return None, (gettext_noop("time not understood"),)

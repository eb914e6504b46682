"""A moment as somebody types it; needs neither database nor keys nor Django."""

import datetime as dt

from nyumbani.kit.console import Misuse


def moment(text: str) -> dt.datetime | None:
    """The moment asked about; None: now. Misuse for what is no moment, or has no zone."""
    if not text:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Misuse(f"--at is no moment: {text!r}; one is 2014-07-14T20:00+03:00") from None
    if found.tzinfo is None:
        raise Misuse(f"--at needs its zone: {text}+03:00, or {text}Z")
    return found.astimezone(dt.UTC)

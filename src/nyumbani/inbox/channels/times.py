"""When something happened, as the platforms say it: seconds or milliseconds, number or text."""

import datetime as dt
import enum
import re

from nyumbani.kit.phrases import gettext_noop

FROM_MILLISECONDS = 10**12  # as seconds this is the year 33658
TOO_LARGE = 10**15

_DIGITS = re.compile(r"\d{1,15}(\.\d{1,9})?", re.ASCII)
_START = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Unit(enum.StrEnum):
    """What a platform promises to count in; it does not always keep to it."""

    SECONDS = "seconds"
    MILLISECONDS = "milliseconds"


_OTHER = {
    Unit.SECONDS: gettext_noop("time in seconds"),
    Unit.MILLISECONDS: gettext_noop("time in milliseconds"),
}


def moment(value: object, *, usual: Unit) -> tuple[dt.datetime | None, tuple[str, ...]]:
    """The aware UTC time that `value` names, and a note if it is missing or in the other unit.

    Never raises; what names no time between 1970 and the year 33658 gives None and a note.
    """
    digits = str(value).strip() if isinstance(value, str | int | float) else ""
    if not _DIGITS.fullmatch(digits):
        return None, (gettext_noop("no time"),) if value is None or value == "" else (
            gettext_noop("time not understood"),
        )
    number = float(digits)
    if not 0 < number < TOO_LARGE:
        return None, (gettext_noop("time not understood"),)
    unit = Unit.SECONDS if number < FROM_MILLISECONDS else Unit.MILLISECONDS
    try:
        found = _START + dt.timedelta(**{unit.value: number})
    except OverflowError:
        return None, (gettext_noop("time not understood"),)
    return found, () if unit is usual else (_OTHER[unit],)

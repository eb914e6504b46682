"""How moments, sizes, numbers and names are put into words, in the reader's language and zone.

Babel's data is used instead of Django's: Django knows Swahili in part and its dates not at all.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache

import phonenumbers
from babel import Locale, dates, numbers
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext

# Kenyan English and Swahili: day before month, twenty-four hours.
_LOCALES = {"en": "en_KE", "sw": "sw_KE"}
_JOINING = re.compile(r"[\u0600-\u07ff]")
_KILO = 1000


def now() -> dt.datetime:
    """The time the house lives in: what settings.NYUMBANI_CLOCK names (a dotted path)."""
    moment: dt.datetime = import_string(settings.NYUMBANI_CLOCK)()
    return moment


def locale() -> Locale:
    """Babel's locale for the language of this page."""
    return _locale_of(get_language() or "en")


@cache
def _locale_of(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language).replace("-", "_"))


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in words: for machines, short, and in full with the zone."""

    iso: str
    short: str
    full: str


def moment(at: dt.datetime) -> Moment:
    """Put an aware moment into words in the reader's zone.

    The short form names the day unless it is today's, and the year unless it is this one.
    """
    zone = get_current_timezone()
    here = at.astimezone(zone)
    return _moment(here, here.tzname() or "", now().astimezone(zone).date(), locale())


# A page names fifty moments, and the next page mostly the same ones.
@lru_cache(maxsize=4_000)
def _moment(here: dt.datetime, zone: str, today: dt.date, where: Locale) -> Moment:
    clock = here.strftime("%H:%M")
    day = dates.format_skeleton("MMMd" if here.year == today.year else "yMMMd", here, locale=where)
    full = dates.format_date(here, "full", locale=where)
    return Moment(
        iso=here.astimezone(dt.UTC).isoformat(timespec="seconds"),
        short=clock if here.date() == today else f"{day} {clock}",
        full=f"{full} {clock} {zone}",
    )


def age(at: dt.datetime) -> str:
    """How long ago, or how far ahead, in one rough figure."""
    away = at - now()
    if abs(away) < dt.timedelta(minutes=1):
        return gettext("just now")
    return dates.format_timedelta(away, add_direction=True, threshold=1, locale=locale())


def day(at: dt.date) -> str:
    """A day with its month and, unless it is this year's, its year."""
    skeleton = "MMMd" if at.year == now().year else "yMMMd"
    return dates.format_skeleton(skeleton, at, locale=locale())


def size(count: int) -> str:
    """A number of bytes as people see it on their bills: kilobytes of 1,000."""
    unit, value = "B", float(count)
    for larger in ("kB", "MB", "GB"):
        if value < _KILO:
            break
        unit, value = larger, value / _KILO
    pattern = "#,##0" if value >= 10 or unit == "B" else "#,##0.#"
    return f"{numbers.format_decimal(value, pattern, locale=locale())} {unit}"


def initials(name: str) -> str:
    """The first letters of the first and the last word; empty if the name has no letters."""
    letters = [word[0] for word in re.findall(r"[^\W\d_][^\s]*", name)]
    chosen = letters[:1] + letters[1:][-1:]
    # Letters that join would read as a word: a non-joiner keeps them apart.
    return ("\u200c" if _JOINING.search(name) else "").join(chosen).upper()


@dataclass(frozen=True, slots=True)
class Masked:
    """A telephone number or other identifier of which only the ends may be seen."""

    head: str  # country calling code with its plus, if it has one
    tail: str  # the last two characters


def masked(number: str) -> Masked:
    """Hide a number but for its country and its last two figures, enough to tell two apart.

    Identifiers that are no telephone numbers keep their end alone; short ones keep nothing.
    """
    bare = re.sub(r"[\s().-]", "", number)
    tail = bare[-2:] if len(bare) > 6 else ""
    if not re.fullmatch(r"\+?\d{7,15}", bare):
        return Masked("", tail)
    try:
        code = phonenumbers.parse("+" + bare.lstrip("+")).country_code
    except phonenumbers.NumberParseException:
        return Masked("", tail)
    return Masked(f"+{code}", tail)

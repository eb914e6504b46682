"""How the export of a chat looks on different telephones, in different languages and versions.

The forms are those of chats/chat_exports' documentation; where no real export was at hand they are
as far as known. What a telephone writes here is written by this file alone: the reader that is
tested against it shares its list of WhatsApp's own words, and nothing else.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

NNBSP, NBSP, LRM, RLM, BOM = "\u202f", "\u00a0", "\u200e", "\u200f", "\ufeff"
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(frozen=True, slots=True)
class Variant:
    """One telephone's way of writing."""

    name: str
    language: str
    stamp: Callable[[dt.datetime], str]  # what stands before the sender, with brackets or dash
    is_ios: bool = False
    has_seconds: bool = False
    has_bom: bool = False

    @property
    def line_break(self) -> str:
        """iPhones write CRLF between messages, though not inside them."""
        return "\r\n" if self.is_ios else "\n"


def _twelve(at: dt.datetime, *, seconds: bool = False) -> str:
    return f"{at.hour % 12 or 12}:{at:%M}" + (f":{at:%S}" if seconds else "")


def _us(at: dt.datetime) -> str:
    return f"{at.month}/{at.day}/{at:%y}"


def _noon(at: dt.datetime, before: str, after: str) -> str:
    return before if at.hour < 12 else after


def _android(name: str, language: str, stamp: str, **more: bool) -> Variant:
    return Variant(f"android-{name}", language, lambda at: f"{at:{stamp}} - ", **more)


def _ios(name: str, language: str, stamp: str) -> Variant:
    return Variant(
        f"ios-{name}", language, lambda at: f"[{at:{stamp}}] ", is_ios=True, has_seconds=True
    )


VARIANTS: tuple[Variant, ...] = (
    _android("en-gb", "en", "%d/%m/%Y, %H:%M", has_bom=True),
    _android("sw", "sw", "%d/%m/%Y, %H:%M"),
    Variant("android-en-us", "en",
            lambda at: f"{_us(at)}, {_twelve(at)}{NNBSP}{_noon(at, 'AM', 'PM')} - "),
    Variant("android-en-ke", "en",
            lambda at: f"{at:%d/%m/%Y}, {_twelve(at)}{NNBSP}{_noon(at, 'am', 'pm')} - "),
    Variant("android-en-old", "en",
            lambda at: f"{_us(at)}, {_twelve(at)} {_noon(at, 'AM', 'PM')} - "),
    _android("de", "de", "%d.%m.%y, %H:%M"),
    _android("fr", "fr", "%d/%m/%Y à %H:%M"),
    Variant("android-fi", "fi",
            lambda at: f"{at.day}.{at.month}.{at.year} klo {at.hour}.{at:%M} - "),
    _android("id", "id", "%d/%m/%y %H.%M"),
    _android("it", "it", "%d/%m/%y, %H:%M"),
    _android("it-dots", "it", "%d/%m/%y, %H.%M"),
    _android("pt-br", "pt", "%d/%m/%Y %H:%M"),
    _android("pt", "pt", "%d/%m/%y, %H:%M"),
    Variant("android-es", "es",
            lambda at: f"{at.day}/{at.month}/{at:%y}, {_twelve(at)}{NBSP}"
                       f"{_noon(at, 'a', 'p')}.{NBSP}m. - "),
    _android("nl", "nl", "%d-%m-%Y %H:%M"),
    _android("iso", "en", "%Y-%m-%d, %H:%M"),
    Variant("android-zh", "zh",
            lambda at: f"{at.year}/{at.month}/{at.day} "
                       f"{_noon(at, '上午', '下午')}{_twelve(at)} - "),
    Variant("android-ar", "ar", lambda at: (
            f"{at.day}{RLM}/{at.month}{RLM}/{at.year}، {_twelve(at)} {_noon(at, 'ص', 'م')} - "
            ).translate(_ARABIC)),
    Variant("android-ar-latin", "ar", lambda at: (
            f"{at.day}{RLM}/{at.month}{RLM}/{at.year}, {_twelve(at)} {_noon(at, 'ص', 'م')} - ")),
    Variant("android-fa", "fa", lambda at: (
            f"{at.year}/{at.month}/{at.day}،{RLM} {at:%H:%M} - ").translate(_PERSIAN)),
    _android("tr", "tr", "%d.%m.%Y %H:%M"),
    _android("ru", "ru", "%d.%m.%Y, %H:%M"),
    _ios("en-gb", "en", "%d/%m/%Y, %H:%M:%S"),
    Variant("ios-en-us", "en", lambda at: (
            f"[{_us(at)}, {_twelve(at, seconds=True)}{NNBSP}{_noon(at, 'AM', 'PM')}] "),
            is_ios=True, has_seconds=True),
    _ios("de", "de", "%d.%m.%y, %H:%M:%S"),
    _ios("fr", "fr", "%d/%m/%Y %H:%M:%S"),
    _ios("nl", "nl", "%d-%m-%y %H:%M:%S"),
    Variant("ios-fi", "fi", lambda at: f"[{at.day}.{at.month}.{at.year} klo {at.hour}.{at:%M.%S}] ",
            is_ios=True, has_seconds=True),
    Variant("ios-zh", "zh", lambda at: f"[{at.year}/{at.month}/{at.day} {at:%H:%M:%S}] ",
            is_ios=True, has_seconds=True),
    Variant("ios-ar", "ar", lambda at: (
            f"[{at.day}{RLM}/{at.month}{RLM}/{at.year}، {_twelve(at, seconds=True)} "
            f"{_noon(at, 'ص', 'م')}] "
            ).translate(_ARABIC), is_ios=True, has_seconds=True),
)  # fmt: skip
BY_NAME = {variant.name: variant for variant in VARIANTS}

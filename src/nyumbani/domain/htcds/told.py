"""What a record says of one person, put so that a case can take it up: names, numbers, the rest."""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat

from nyumbani.domain.htcds.fields import NAME_AS_GIVEN, extensions, fields
from nyumbani.domain.htcds.records import Record

_NAMES = ("prs_FirstName", "prs_MiddleName", "prs_SecondName")
_OTHERS = "x_OtherNames"
_PHONES = ("prs_MobilePhone", "prs_HomePhone")
_DOCUMENT = "prs_IdentityNumber"
_SEVERAL = re.compile(r"[;/,\n|]")
_FIGURES = re.compile(r"\+?\d{9,15}")
_BETWEEN = re.compile(r"[\s().\u00a0\u200e\u200f\u202a-\u202e\u2066-\u2069-]+")


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing said, under which name, and what people call that."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one line says of somebody."""

    called: str  # empty: no name yet
    other_names: tuple[str, ...]
    numbers: tuple[str, ...]  # E.164; what lacks its country is only said
    document: str  # without blanks, in capitals
    said: tuple[Saying, ...]


def told(record: Record) -> Told:
    """What this line says; every value that is no name and no whole number is said."""
    parts = [" ".join(record.said(name).split()) for name in _NAMES]
    given = " ".join(record.said(NAME_AS_GIVEN).split())
    joined = " ".join(filter(None, parts))
    called = given or joined
    others = [line.strip() for line in record.said(_OTHERS).splitlines() if line.strip()]
    if given and joined and joined != given:
        others.insert(0, joined)
    numbers, whole = _numbers(record)
    silent = {*_NAMES, NAME_AS_GIVEN, _OTHERS, *whole}
    names = dict.fromkeys((*record.values, *record.ticked))
    said = tuple(
        Saying(name, label_of(name), record.said(name)) for name in names if name not in silent
    )
    document = _BETWEEN.sub("", _plain(record.said(_DOCUMENT))).upper()
    return Told(called, tuple(others), numbers, document, said)


def number_in(text: str) -> str:
    """A telephone number as E.164; empty if it is none, or nothing says its country."""
    figures = _BETWEEN.sub("", _plain(text))
    figures = f"+{figures[2:]}" if figures.startswith("00") else figures
    if not _FIGURES.fullmatch(figures) or figures.startswith("0"):
        return ""
    try:
        number = phonenumbers.parse(f"+{figures.lstrip('+')}")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def label_of(name: str) -> str:
    """What people call a column."""
    if name in fields():
        return fields()[name].label
    return extensions()[name].label if name in extensions() else name.removeprefix("x_")


def _numbers(record: Record) -> tuple[tuple[str, ...], list[str]]:
    """The numbers, and the columns of which they say everything."""
    numbers: list[str] = []
    whole: list[str] = []
    for name in _PHONES:
        parts = [part for part in _SEVERAL.split(record.said(name)) if part.strip()]
        found = [number_in(part) for part in parts]
        numbers += [number for number in found if number]
        if all(found):
            whole.append(name)
    return tuple(dict.fromkeys(numbers)), whole


def _plain(text: str) -> str:
    """Arabic and other figures as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text.strip()
    )

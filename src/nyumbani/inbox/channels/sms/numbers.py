"""Telephone numbers and names as they stand in an SMS, ours and hers."""

import re

from nyumbani.inbox.channels.events import Name

_BETWEEN = re.compile(r"[\s().-]")
_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_WITHOUT_PLUS = re.compile(r"[1-9][0-9]{9,14}", re.ASCII)  # ten digits and more: a country's in it
_LOCAL = re.compile(r"0[0-9]{6,14}", re.ASCII)


def names_of(written: str) -> tuple[Name, ...]:
    """Who it is from, or went to: a number, or a name or short number nobody can be reached at."""
    if not written.strip():
        return ()
    found = number(written)
    is_one = _INTERNATIONAL.fullmatch(found) or _LOCAL.fullmatch(found)
    return (Name("msisdn", found),) if is_one else (Name("sender", found),)


def number(written: str) -> str:
    """One spelling for a number: +254711000001; what is no whole number stays as it is.

    In a form a plus that was not escaped arrives as a space.
    """
    bare = _BETWEEN.sub("", written)
    if written.startswith(" ") and _WITHOUT_PLUS.fullmatch(bare):
        return f"+{bare}"
    if bare.startswith("00") and _INTERNATIONAL.fullmatch(f"+{bare[2:]}"):
        return f"+{bare[2:]}"
    if _WITHOUT_PLUS.fullmatch(bare):
        return f"+{bare}"
    if _INTERNATIONAL.fullmatch(bare) or _LOCAL.fullmatch(bare):
        return bare
    return written.strip()

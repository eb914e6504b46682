"""Notes are our own words and may be kept in the clear: nothing a person wrote slips into them."""

import re

_PLAIN = re.compile(r"[A-Za-z][A-Za-z_]{0,39}", re.ASCII)


def plain(word: str) -> str:
    """A platform's own word (a type, a field) if it looks like one; else only that it is odd.

    Where such a word is expected anything may stand: a number, a name, a whole message.
    """
    if not word:
        return "(none)"
    return word if _PLAIN.fullmatch(word) else "(odd)"

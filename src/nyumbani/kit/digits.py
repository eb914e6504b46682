"""Figures as people type them: ٢١٨, ۲۱۸ and 218 are one number."""

import re
import unicodedata

_DIGIT = re.compile(r"\d")
# A number copied from Arabic text may carry marks that only say which way it reads.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(words: str) -> str:
    """The same words with every decimal digit as 0 to 9, and without marks of direction."""
    return _DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), _DIRECTION.sub("", words))

"""Invisible signs of direction and odd spaces that exports strew about."""

import re

# Left-to-right and right-to-left marks, embeddings, isolates, byte order mark.
DIRECTION = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
SPACES = " \u00a0\u202f\u2009"

_NO_DIRECTION = {ord(sign): None for sign in DIRECTION}
# Any bytes that marks and odd spaces are made of: a class of bytes is searched far faster than a
# choice of characters, and what stands before and after it keeps it honest.
GAP_BYTES = b"[" + re.escape(bytes(sorted({
    byte for sign in DIRECTION + SPACES for byte in sign.encode() if sign != "\u061c"
}))) + b"]*"  # fmt: skip
# The same marks and spaces one by one, where a byte too much would be cut from somebody's name.
MARKS_BYTES = b"(?:" + b"|".join(sign.encode() for sign in DIRECTION) + b")*"
SPACE_BYTES = b"(?:" + b"|".join(sign.encode() for sign in SPACES) + b")?"


def bare(text: str) -> str:
    """The text without marks of direction."""
    return text.translate(_NO_DIRECTION)

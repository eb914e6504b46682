"""How the word lists are written, and what they become.

A pattern is words with blanks between. `beat*` is a stem, `*pig*` a stem inside a word, `a/b`
either word, `(ni|tu)` either part of a word, `(x)?` a part that may be missing, `..` up to three
words in between, `#` a number, `@` what precedes the object in a Swahili verb ("ana" in
"ananipiga"). `~2` behind a negating word: so many words may stand between it and what it denies
(else one). Words never join over the end of a sentence.
"""

import re
from collections.abc import Iterable

from nyumbani.domain.triage.folding import fold

_BETWEEN = r"[^\w.!?؟።\n]{1,6}"
_GAP = r"(?:[^\w.!?؟።\n,،፣]{1,6}\w{1,30}){0,3}?"  # nor over a comma, when words lie between
_ANY = r"\w{0,24}"  # bounded: a page without a blank costs no more than a page of words
_BEFORE_OBJECT = (
    "(?:(?:hawa|ha|a|wa|u|i|mw|m|ni|tu|ku|si|ki|ka)"
    "(?:naye|nao|liye|lio|lipo|napo|naku|kuwa|taka|nge|na|me|li|ta|ka|ki|ja|ku|si)?)?"
)
_MADE = {"*": _ANY, "@": _BEFORE_OBJECT, "(": "(?:", ")": ")", "|": "|", "?": "?"}
_NOTHING = re.compile(r"(?!)")


def compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression that finds any of the patterns in folded text, longest start first."""
    written = sorted({fold(pattern).text for pattern in patterns}, key=lambda p: (-len(p), p))
    if not written:
        return _NOTHING
    either = "|".join(_expression(pattern) for pattern in written)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def _expression(pattern: str) -> str:
    parts: list[str] = []
    for word in pattern.split():
        if word == "..":
            parts.append(_GAP)
            continue
        if parts:
            parts.append(_BETWEEN)
        parts.append("(?:" + "|".join(_word(each) for each in _ways(word)) + ")")
    return "".join(parts)


def _ways(word: str) -> list[str]:
    """Split at the strokes outside brackets."""
    return word.split("/")


def _word(word: str) -> str:
    if word == "#":
        return r"\d{1,4}"
    bracketed = re.split(r"([*@()|?])", word)
    return "".join(_MADE.get(part, re.escape(part)) for part in bracketed)

"""How the word lists are written, and what they become.

A pattern is words with blanks between. `beat*` is a stem, `*pig*` a stem inside a word, `a/b`
either word, `(ni|tu)` either part of a word, `(x)?` a part that may be missing, `..` up to three
words in between, `~drb` the consonants of an Arabic word in Latin letters (vowels, doubled letters
and verb prefixes as they come; whatever follows), `#` a number, `@` what precedes the object in a
Swahili verb ("ana" in "ananipiga"). `~2` behind a negating word: so many words may stand between it
and what it denies (else one). Words never join over the end of a sentence.
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
_VERB_PREFIX = r"(?:[wfbyntha2sk]{0,2}[aeiou]{0,2}){0,2}"
_SOUNDS = {"2": "[2qkg']", "5": "(?:5|kh|7')", "q": "[q2kg9]"}
_AND = "[\u0648\u0641]?"  # "and" and "so" are written together with the word that follows
_ARABIC = re.compile(r"[\u0620-\u064a]")
_NOTHING = re.compile(r"(?!)")


def compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression that finds any of the patterns in folded text, longest start first."""
    written = sorted({fold(pattern).text for pattern in patterns}, key=lambda p: (-len(p), p))
    if not written:
        return _NOTHING
    either = "|".join(_expression(pattern) for pattern in written)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def one_word(written: Iterable[str]) -> re.Pattern[str]:
    """One expression that is any of these words of patterns, without what stands around it."""
    words = {word for each in written for word in _ways(fold(each).text) if word}
    if not words:
        return _NOTHING
    return re.compile("|".join(_word(word) for word in sorted(words, key=lambda w: (-len(w), w))))


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
    if word.startswith("~"):
        return _skeleton(word[1:])
    bracketed = re.split(r"([*@()|?])", word)
    made = "".join(_MADE.get(part, re.escape(part)) for part in bracketed)
    return _AND + made if _ARABIC.match(word) else made


def _skeleton(consonants: str) -> str:
    """ "drb" as people write it: "darab", "drebni", "byidrob"; a doubled letter is one."""
    letters = (_SOUNDS.get(letter, re.escape(letter)) for letter in consonants)
    return _VERB_PREFIX + "".join(f"(?:{one}){{1,2}}[aeiouy']{{0,2}}" for one in letters) + _ANY

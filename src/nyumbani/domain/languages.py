"""In which language somebody writes: of her last messages together, never of one word, and why.

Script decides first. Arabic in Latin letters (Arabizi) and Nairobi's Sheng are known by our own
short word lists, because no detector knows them. What is left is judged by py3langid among the
languages that are spoken where we work; below three words it is not asked.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

SAMPLE = 2000  # characters of the newest messages that are looked at
UNKNOWN = "und"
_EXPECTED = (
    "am", "ar", "en", "es", "fa", "fr", "hi", "id", "it", "lg", "ln", "mg", "ne", "om", "pt", "rw",
    "si", "so", "sw", "ti", "tl", "tr", "ur", "bn",
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_ETHIOPIC = re.compile(r"[\u1200-\u139f\u2d80-\u2ddf]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_NOT_ARABIC = re.compile(r"[\u067e\u0686\u06a9\u06af\u06cc\u0679\u0688\u0691\u06ba\u06d2]")
_DIGIT_AS_LETTER = re.compile(
    r"[a-z]{1,12}[23578]+'?[a-z]|[2378][a-z]{2}|[a-z]{3,12}[2378]$", re.IGNORECASE
)
_LINK = re.compile(r"https?://\S+|\S+@\S+")


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


@dataclass(frozen=True, slots=True)
class Language:
    """A code (ISO 639, or `arabizi`, `sheng`, `und`) and a short code of why."""

    code: str
    why: str  # script | words | digits | statistics | too_short | empty
    words: tuple[str, ...] = ()  # that gave it away, for a person to see


def language_of(messages: Iterable[str]) -> Language:
    """The language of somebody's last messages, given oldest first."""
    # Cut before links are looked for: over a long word without a blank that takes its square.
    text = _LINK.sub(" ", "\n".join(messages)[-2 * SAMPLE :])[-SAMPLE:]
    arabic, ethiopic = len(_ARABIC.findall(text)), len(_ETHIOPIC.findall(text))
    latin = len(_LATIN.findall(text))
    if not arabic + ethiopic + latin:
        return Language(UNKNOWN, "empty")
    # A letter of these scripts says more than one of an address or a name in ours.
    if ethiopic and ethiopic * 3 >= max(latin, arabic):
        return _ethiopic(text)
    if arabic and arabic * 2 >= latin:
        return _arabic(text)
    return _latin(text)


def _ethiopic(text: str) -> Language:
    tigrinya = _known(text, "ti")
    return Language("ti", "words", tigrinya) if len(tigrinya) > 1 else Language("am", "script")


def _arabic(text: str) -> Language:
    """Arabic, unless letters that Arabic has not are frequent."""
    if len(_NOT_ARABIC.findall(text)) * 25 < len(_ARABIC.findall(text)):
        return Language("ar", "script")
    return _asked(text)


def _latin(text: str) -> Language:
    words = [word.casefold() for word in _WORD.findall(text)]
    digits = tuple(dict.fromkeys(word for word in words if _DIGIT_AS_LETTER.match(word)))
    own = {code: _known(text, code) for code in ("arabizi", "sheng", "en", "sw", "fr")}
    if digits and (len(digits) + len(own["arabizi"])) * 6 >= len(words):
        return Language("arabizi", "digits", digits)
    if len(own["arabizi"]) * 3 >= len(words) and len(own["arabizi"]) > len(own["fr"]):
        return Language("arabizi", "words", own["arabizi"])
    if len(own["sheng"]) * 10 >= len(words) and len(own["sheng"]) >= len(own["en"]) / 3:
        return Language("sheng", "words", own["sheng"])
    plain = sorted(("en", "sw", "fr"), key=lambda code: -len(own[code]))
    if len(own[plain[0]]) > 2 * len(own[plain[1]]) and len(own[plain[0]]) * 5 >= len(words):
        return Language(plain[0], "words", own[plain[0]])
    return _asked(text) if len(words) > 2 else Language(UNKNOWN, "too_short")


def _known(text: str, code: str) -> tuple[str, ...]:
    """Different words of this list in the text, as often as a reader needs to be convinced."""
    listed = _lists()[code]
    words = (word.casefold().partition("'")[0].partition("’")[0] for word in _WORD.findall(text))
    return tuple(dict.fromkeys(word for word in words if word in listed))


def is_common(word: str) -> bool:
    """Whether a word in small letters is an everyday word of a language we have a list for."""
    return any(word in listed for listed in _lists().values())


def _asked(text: str) -> Language:
    return Language(_identifier().classify(text)[0], "statistics")


@cache
def _lists() -> dict[str, frozenset[str]]:
    read = json.loads(files("nyumbani.domain").joinpath("languages.json").read_text("utf-8"))
    return {code: frozenset(words) for code, words in read.items()}


@cache
def _identifier() -> _Identifier:
    # Numbers and a model of 4.6 MB: whoever never asks for a language does not load them.
    from py3langid import langid  # noqa: PLC0415

    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    identifier.set_languages([code for code in _EXPECTED if code in identifier.labels])
    return identifier  # type: ignore[no-any-return]

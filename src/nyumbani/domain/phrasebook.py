"""Phrases that may lie open on a telephone others read: no name, no place, no time of a plan.

Each passes the lint of safe_words in every language (a test says so). They are ours, written
without native speakers: "reviewed" in the file stays false until somebody has read each language.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "sw", "ar", "fr", "am")
SPOKEN_AS = {"sheng": "sw", "arabizi": "ar"}  # ways of writing a language we have
_COVER = "{cover}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase in one language, ready to be sent."""

    key: str
    language: str
    text: str


def is_reviewed() -> bool:
    """Whether native speakers have read the phrases."""
    return bool(_book()["reviewed"])


def phrases(language: str, cover: str = "") -> tuple[Phrase, ...]:
    """All phrases of a language; the greeting only where it was agreed who we say we are."""
    found = (phrase(key, language, cover) for key in keys())
    return tuple(one for one in found if one is not None)


def phrase(key: str, language: str, cover: str = "") -> Phrase | None:
    """One phrase; None if there is none of this key, or it needs a cover and there is none."""
    written = _by_key().get(key, {}).get(language)
    if written is None or (_COVER in written and not cover):
        return None
    return Phrase(key, language, written.replace(_COVER, cover))


def keys() -> tuple[str, ...]:
    """What there are phrases for, in the order in which they are shown."""
    return tuple(_by_key())


def language_for(spoken: Iterable[str], otherwise: str = "en") -> str:
    """The first of somebody's languages that the book has."""
    known = (SPOKEN_AS.get(code, code) for code in spoken)
    return next((code for code in known if code in LANGUAGES), otherwise)


@cache
def _by_key() -> dict[str, dict[str, str]]:
    return {one["key"]: one for one in _book()["phrases"]}


@cache
def _book() -> dict[str, Any]:
    return dict(json.loads(files("nyumbani.domain").joinpath("phrasebook.json").read_text("utf-8")))

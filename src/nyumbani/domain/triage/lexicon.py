"""The word lists: one file a language in `words/`, read once.

They are ours, written without native speakers; a list may build on others (`like`), whose marks of
person, time and negation it then understands as well.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from nyumbani.domain.triage.folding import fold
from nyumbani.domain.triage.patterns import compiled, one_word
from nyumbani.domain.triage.terms import Category, Level

NAMES = ("en", "sw", "sheng", "fr", "arabizi", "ar", "am")
SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "latin": re.compile(r"[a-z]"),
    "arabic": re.compile(r"[\u0620-\u064a]"),
    "ethiopic": re.compile(r"[\u1200-\u137f]"),
}


class Negator(NamedTuple):
    """A denying word, and how many words may stand between it and what it denies."""

    found: re.Pattern[str]
    reach: int


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one category and level, and when they count otherwise."""

    category: Category
    level: Level
    level_now: Level
    is_negatable: bool
    is_broad: bool  # words that also stand in calm messages: they need not stand alone
    found: re.Pattern[str]
    figures: re.Pattern[str]
    begins: re.Pattern[str]  # words with which a pattern of this group may begin


@dataclass(frozen=True, slots=True)
class Listed:
    """The words of a script's lists that are written out, and the stems."""

    whole: frozenset[str]
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one language's words mean."""

    name: str
    language: str
    script: str
    groups: tuple[Group, ...]
    negators: tuple[Negator, ...]
    negated_words: re.Pattern[str]
    but: re.Pattern[str]
    long_ago: re.Pattern[str]
    now: re.Pattern[str]
    herself: re.Pattern[str]
    somebody: re.Pattern[str]
    general: re.Pattern[str]


@cache
def lexicon(name: str) -> Lexicon:
    """The words of one language."""
    own = _read(name)
    sources = [own, *(_read(other) for other in own["like"])]

    def marks(key: str) -> list[str]:
        return [pattern for source in sources for pattern in source[key]]

    negated = compiled(marks("negated_words"))
    return Lexicon(
        name, own["language"], own["script"],
        tuple(part for group in own["groups"] for part in _groups(group, negated)),
        tuple(_negators(marks("negators"))), negated, compiled(marks("but")),
        compiled(marks("long_ago")), compiled(marks("now")), compiled(marks("self")),
        compiled(marks("somebody")), compiled(marks("general")),
    )  # fmt: skip


@cache
def lexicons(script: str) -> tuple[Lexicon, ...]:
    """The languages that are written in this script."""
    return tuple(found for name in NAMES if (found := lexicon(name)).script == script)


@lru_cache(maxsize=16384)
def begun_by(script: str, word: str) -> tuple[tuple[int, int], ...]:
    """Which lists of the script, and which groups of each, have a pattern this word may begin.

    Most words begin none: so most of a message is never looked at twice.
    """
    return tuple(
        (place, number)
        for place, words in enumerate(lexicons(script))
        for number, group in enumerate(words.groups)
        if group.begins.fullmatch(word)
    )


@lru_cache(maxsize=16384)
def is_known(word: str, script: str) -> bool:
    """Whether this word stands in any list of the script, alone or inside a pattern."""
    return bool(_any_word(script).fullmatch(word))


@cache
def listed_words(script: str) -> Listed:
    """What a misspelt word is compared with: the words of danger, those of a day, not of a week."""
    words = [word for pattern in _patterns(script) for word in _ways(pattern)]
    plain = [word for word in words if word.strip("*").isalpha() and not word.startswith("*")]
    return Listed(
        frozenset(fold(word).text for word in plain if not word.endswith("*")),
        frozenset(fold(word[:-1]).text for word in plain if word.endswith("*")),
    )


@cache
def _any_word(script: str) -> re.Pattern[str]:
    ordinary = [word for name in NAMES if _is_of(name, script) for word in _ordinary(name)]
    words = {word for pattern in _patterns(script, Level.P4) for word in pattern.split()}
    return one_word([*(words - {"..", "#"}), *ordinary])


def _ordinary(name: str) -> Iterable[str]:
    """Words that look like words of danger and are none, and those that mark time and person."""
    read = _read(name)
    marks = ("ordinary", "now", "long_ago", "self", "somebody", "but", "general")
    return [word for mark in marks for phrase in read.get(mark, ()) for word in phrase.split()]


def _patterns(script: str, down_to: Level = Level.P2) -> list[str]:
    return [
        pattern
        for name in NAMES if _is_of(name, script)
        for group in _read(name)["groups"] if Level[group["level"]] <= down_to
        for pattern in group["patterns"]
    ]  # fmt: skip


def _ways(pattern: str) -> Iterable[str]:
    return (way for word in pattern.split() for way in word.split("/"))


def _is_of(name: str, script: str) -> bool:
    return bool(_read(name)["script"] == script)


@cache
def _read(name: str) -> dict[str, Any]:
    text = files("nyumbani.domain.triage").joinpath("words", f"{name}.json").read_text("utf-8")
    return dict(json.loads(text))


def _groups(written: dict[str, Any], negated: re.Pattern[str]) -> Iterable[Group]:
    """Patterns that are negative themselves ("sijalipwa") stand apart: nothing denies them."""
    level = Level[written["level"]]
    figures = compiled(written.get("figures", ()))
    is_negatable = written.get("negatable", True)
    of_itself = [p for p in written["patterns"] if _is_negative(p, negated)]
    others = [p for p in written["patterns"] if p not in of_itself]
    for patterns, may_be_denied in ((others, is_negatable), (of_itself, False)):
        if patterns:
            yield Group(
                Category(written["category"]), level, Level[written.get("level_now", level.name)],
                may_be_denied, written.get("broad", False), compiled(patterns), figures,
                one_word(p.split()[0] for p in patterns),
            )  # fmt: skip


def _is_negative(pattern: str, negated: re.Pattern[str]) -> bool:
    words = (fold(word).text.split("/")[0] for word in pattern.split())
    return any(negated.fullmatch(word.strip("*")) for word in words if not word.startswith("*"))


def _negators(written: list[str]) -> Iterable[Negator]:
    by_reach: dict[int, list[str]] = {}
    for entry in written:
        word, _, reach = entry.partition("~")
        by_reach.setdefault(int(reach or 1), []).append(word)
    return [Negator(compiled(words), reach) for reach, words in by_reach.items()]

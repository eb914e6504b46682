"""Whether the words of a message, taken together, sound like those of women in immediate danger.

Word lists find the words they know; much of what happens is told in others ("she is at church, he
comes in, his hand is on my mouth"). So each word and each concept has a weight, learnt from the
gold set (bench/learn_triage.py) and kept in `leanings.json` for anybody to read: a sum of weights
above a mark suggests P1, and the words that weighed most stand beside it. Words that a list has set
aside (denied, long ago, a figure of speech, the news) weigh nothing themselves; that a short
message denies, looks back, asks or laughs has a weight of its own, as a concept has.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import sqrt
from typing import NamedTuple

from nyumbani.domain.triage.concepts import LONGEST, concepts_in, consonants
from nyumbani.domain.triage.folding import Folded, fold
from nyumbani.domain.triage.lexicon import SCRIPTS

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_AT_ONCE = 40  # words weighed together: in a long letter a calm page must not outweigh a cry
_FEW = 4  # words: fewer say too little to be weighed together
_MORE = 7  # words: in so short a message what a list or a denial says is nearly all of it
_KNOWN = 2  # words learnt from, where no concept was found: a language we cannot read leans nowhere
_SHARE = 0.7  # of the pieces of words beside the concepts
_SHOWN = 5  # words that weighed most
_LONG, _SHORT = (4, 5), (3, 4)  # letters in a piece of a word
_SIGNS = {  # what is said without words, named as it is weighed
    "sign asked": re.compile("[?\u061f\u1367]"),
    "sign laughing": re.compile("[\U0001f600-\U0001f606\U0001f602\U0001f923]"),
}
# What is danger in itself; and a message that names none of it, however it sounds.
_GRAVE = frozenset(
    ("hurt", "body", "weapon", "sex", "death", "threat", "sell", "despair", "sea", "ransom", "fire")
)
_GENTLE = "sign nothing grave"


class Word(NamedTuple):
    """One word as it is compared, and where it stands in the message."""

    said: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Leanings:
    """The weights, the sum from which on they suggest immediate danger, and that of calm."""

    bias: float
    mark: float
    mark_listed: float
    calm: float
    concepts: Mapping[str, float]
    pieces: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Leaning:
    """The sum of a message's weights, and the words that weighed most for danger."""

    sum: float
    words: tuple[Word, ...]
    language: str
    count: int  # of the words that were weighed together
    is_known: bool  # of some of them we know what they weigh

    def is_danger(self, *, is_listed: bool) -> bool:
        """The sum reaches the mark: a higher one where the lists have understood something else."""
        if not self.is_known or self.count < (_MORE if is_listed else _FEW):
            return False
        return self.sum >= (leanings().mark_listed if is_listed else leanings().mark)

    @property
    def is_calm(self) -> bool:
        """So low a sum that words which are only sometimes of danger are not believed alone."""
        return self.sum < leanings().calm


@cache
def leanings() -> Leanings:
    """The weights as learnt."""
    text = files("nyumbani.domain.triage").joinpath("leanings.json").read_text("utf-8")
    read = json.loads(text)
    return Leanings(
        read["bias"], read["mark"], read["mark_listed"], read["calm"], read["concepts"],
        read["pieces"],
    )  # fmt: skip


def leaning_of(
    text: str, set_aside: Iterable[tuple[int, int]] = (), settings: Iterable[str] = ()
) -> Leaning | None:
    """What the words lean to; None when the message has no word that weighs.

    `settings` is why words were set aside. It counts where all is weighed together.
    """
    words = words_of(fold(text), tuple(set_aside))
    starts = range(0, max(len(words) - _AT_ONCE // 2, 1), _AT_ONCE // 2)
    signs = signs_of(text, settings) if len(starts) == 1 else frozenset()
    weighed = [_weighed(words[n : n + _AT_ONCE], signs) for n in starts] if words else []
    return max(weighed, key=lambda one: one.sum, default=None)


def signs_of(text: str, settings: Iterable[str]) -> frozenset[str]:
    """What a message says beside its words: that it asks or laughs, denies or looks back."""
    said = {name for name, sign in _SIGNS.items() if sign.search(text)}
    return frozenset(said | {f"sign {setting}" for setting in settings})


def words_of(folded: Folded, set_aside: tuple[tuple[int, int], ...] = ()) -> list[Word]:
    """The words that may weigh, with their places in the message as written."""
    found = (
        Word(match.group().replace("\u2019", "'"), *folded.original(*match.span()))
        for match in _WORD.finditer(folded.text)
    )
    return [
        word
        for word in found
        if not any(start < word.end and word.start < end for start, end in set_aside)
    ]


def features(words: list[Word], signs: Iterable[str] = ()) -> dict[str, float]:
    """What is learnt from: concepts once, pieces of words by how much they count here."""
    share = _SHARE / sqrt(max(len(words), _FEW))
    concepts = set(_concepts(words)[0])
    found = {f"concept {name}": 1.0 for name in concepts | _all_signs(concepts, signs)}
    for said in dict.fromkeys(word.said for word in words):  # said again, it weighs no more
        for piece in pieces(said):
            found[piece] = found.get(piece, 0.0) + share
    return found


@lru_cache(maxsize=16384)
def pieces(word: str) -> tuple[str, ...]:
    """The word, and its pieces of a few letters; of Amharic those of its consonants."""
    whole = word[:LONGEST]
    is_ethiopic = bool(SCRIPTS["ethiopic"].search(whole))
    framed = f"<{consonants(whole) if is_ethiopic else whole}>"
    lengths = _LONG if SCRIPTS["latin"].search(whole) else _SHORT
    parts = {framed[n : n + size] for size in lengths for n in range(len(framed) - size + 1)}
    return (f"word {whole}", *sorted(parts)) if len(whole) > 1 else ()


def _all_signs(concepts: Iterable[str], signs: Iterable[str]) -> set[str]:
    return {*signs} if _GRAVE.intersection(concepts) else {*signs, _GENTLE}


def _weighed(words: list[Word], signs: frozenset[str]) -> Leaning:
    weights = leanings()
    concepts, language = _concepts(words)
    share = _SHARE / sqrt(max(len(words), _FEW))
    first = {word.said: n for n, word in reversed([*enumerate(words)])}
    of_word = [
        share * _weight(word.said) if first[word.said] == n else 0.0 for n, word in enumerate(words)
    ]
    total = weights.bias + sum(of_word)
    total += sum(weights.concepts.get(sign, 0.0) for sign in _all_signs(concepts, signs))
    for concept, places in concepts.items():
        weight = weights.concepts.get(concept, 0.0)
        total += weight
        for place in places:
            of_word[place] += weight / len(places)
    heavy = sorted((-weight, n) for n, weight in enumerate(of_word) if weight > 0)[:_SHOWN]
    shown = tuple(words[n] for n in sorted(n for _, n in heavy))
    is_known = bool(concepts) or sum(map(_is_known, words)) >= _KNOWN
    return Leaning(total, shown, language, len(words), is_known and bool(shown))


def _is_known(word: Word) -> bool:
    return f"word {word.said}" in leanings().pieces


@lru_cache(maxsize=65536)
def _weight(word: str) -> float:
    known = leanings().pieces
    return sum(known.get(piece, 0.0) for piece in pieces(word))


def _concepts(words: list[Word]) -> tuple[dict[str, set[int]], str]:
    """The concepts of all scripts in the message, and the list that knows most."""
    found: dict[str, set[int]] = {}
    most, language = 0, ""
    for script, letters in SCRIPTS.items():
        places = [n for n, word in enumerate(words) if letters.search(word.said)]
        if not places:
            continue
        concepts, name = concepts_in([words[n].said for n in places], script)
        for concept, at in concepts.items():
            found.setdefault(concept, set()).update(places[n] for n in at)
        if len(places) > most:
            most, language = len(places), name
    return found, language

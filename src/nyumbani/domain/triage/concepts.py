"""Families of words for what a message may be about, each with its endings and prefixes by rule.

A concept is broader than a category of the word lists and says less: that somebody hides, that
something happens tonight, that a man of the house is named; also what is calm: thanks, a form, a
salary. No concept alone is danger: `leaning.py` weighs them together with the other words.

One file a language in `concepts/`, words apart by blanks, `a_b` words that follow each other.
`*` is any ending, `=` the word alone, `~` Arabic consonants as in the word lists, `@` a Swahili
verb with whatever stands before its stem. Arabic words take clitics and verb prefixes; Amharic ones
are compared by their consonants, because roots change their vowels; Arabic in Latin letters by one
way of writing it.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from nyumbani.domain.triage.folding import fold
from nyumbani.domain.triage.lexicon import lexicons
from nyumbani.domain.triage.patterns import one_word

LONGEST = 24  # letters of a word that are looked at
_SUBJECT, _OBJECT = "(?:ni|mu|u|a|tu|m|wa|i|zi)", "(?:ni|ku|mw|m|tu|wa|ji)"
_TENSE = "(?:na|mesha|me|li|ta|ka|ki|nge|taka|kuwa)(?:ye|o|po|vyo)?"
_BEFORE = f"(?:{_SUBJECT}{_TENSE}{_OBJECT}?|{_SUBJECT}{_OBJECT}|(?:ku|hu){_OBJECT}?)"
_BARE = 4  # letters of a Swahili stem that may stand without anything before it
_CLITICS = "[\u0648\u0641]?(?:\u0627\u0644|\u0644\u0644|\u0628\u0627\u0644|[\u0628\u0644\u062d\u0647\u0633\u062a\u064a\u0646\u0627\u0643]{0,2})"  # noqa: E501
_ARTICLE = "[\u0648\u0641]?(?:\u0627\u0644)?"
_ARTICLES = ("bil", "wil", "il", "al", "l", "w", "b", "u")
_SAME_SOUND = (
    ("kh", "5"), ("gh", "8"), ("q", "2"), ("th", "t"), ("dh", "d"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("e", "i"), ("o", "u"), ("'", ""),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")
_SHARE = 0.6  # of the most words known by a list of the script: lists knowing fewer are not hers


def consonants(word: str) -> str:
    """An Amharic word without its vowels: each letter as the first of its row."""
    return "".join(chr(ord(one) & ~7) if "\u1200" <= one <= "\u137f" else one for one in word)


@lru_cache(maxsize=16384)
def one_way(word: str) -> str:
    """Arabic in Latin letters, written one way."""
    made = _TWICE.sub(r"\1", word)
    for sound, letter in _SAME_SOUND:
        made = made.replace(sound, letter)
    return _TWICE.sub(r"\1", made)


@dataclass(slots=True)
class Families:
    """One language's families; words become numbers, so that words in a row are quickly found."""

    name: str
    single: dict[int, set[str]] = field(default_factory=dict)
    rows: dict[int, list[tuple[tuple[int, ...], str]]] = field(default_factory=dict)
    _whole: dict[str, list[int]] = field(default_factory=dict)
    _begun: dict[str, list[int]] = field(default_factory=dict)
    _ruled: list[tuple[re.Pattern[str], int]] = field(default_factory=list)
    _any_ruled: re.Pattern[str] | None = None

    def numbers(self, word: str) -> frozenset[int]:
        """Which written words this one is a form of."""
        found: set[int] = set()
        for form in self._forms(word):
            found.update(self._whole.get(form, ()))
            for length in range(2, len(form) + 1):
                found.update(self._begun.get(form[:length], ()))
        bare = consonants(word) if self.name == "am" else word
        if self._any_ruled and (self._any_ruled.fullmatch(bare)):
            found.update(number for rule, number in self._ruled if rule.fullmatch(bare))
        return frozenset(found)

    def _forms(self, word: str) -> list[str]:
        if self.name == "am":
            return [word, *(word[n:] for n in (1, 2) if len(word) > n + 1)]
        if self.name != "arabizi":
            return [word]
        made = one_way(word)
        cut = (made[len(a) :] for a in _ARTICLES if made.startswith(a) and len(made) > len(a) + 2)
        return [made, *cut]

    def learn(self, written: str, number: int) -> None:
        """Take up one written word of the file."""
        letters = fold(written.strip("*=@")).text
        rule = self._rule(written, letters)
        if rule is not None:
            self._ruled.append((rule, number))
        elif self.name == "arabizi":
            made = one_way(letters)
            (self._begun if len(made) >= _BARE else self._whole).setdefault(made, []).append(number)
        else:
            begins = written.endswith("*") or self.name == "am"
            (self._begun if begins else self._whole).setdefault(letters, []).append(number)

    def _rule(self, written: str, letters: str) -> re.Pattern[str] | None:
        if written.startswith("~"):
            return one_word([written])
        if written.startswith("@"):
            bare = "?" if len(letters) >= _BARE else ""
            return re.compile(rf"{_BEFORE}{bare}{re.escape(letters)}\w{{0,10}}")
        if self.name == "ar":
            is_alone = written.startswith("=") or len(letters) < 3
            return re.compile(
                f"{_ARTICLE}{letters}" if is_alone else rf"{_CLITICS}{letters}\w{{0,6}}"
            )
        if self.name == "am" and not written.startswith("=") and len(letters) > 2:
            return re.compile(rf"\w{{0,3}}{consonants(letters)}\w{{0,6}}")
        return None

    def close(self) -> None:
        """All rules in one expression: most words follow none."""
        if self._ruled:
            self._any_ruled = re.compile("|".join(rule.pattern for rule, _ in self._ruled))


@cache
def families(name: str) -> Families:
    """What one language's file says."""
    text = files("nyumbani.domain.triage").joinpath("concepts", f"{name}.json").read_text("utf-8")
    made, known = Families(name), dict[str, int]()
    for concept, words in json.loads(text)["concepts"].items():
        for entry in words.split():
            row = tuple(known.setdefault(word, len(known)) for word in entry.split("_"))
            if len(row) == 1:
                made.single.setdefault(row[0], set()).add(concept)
            else:
                made.rows.setdefault(row[0], []).append((row, concept))
    for word, number in known.items():
        made.learn(word, number)
    made.close()
    return made


def concepts_in(words: Sequence[str], script: str) -> tuple[dict[str, set[int]], str]:
    """Each concept with the numbers of its words, and the list that knows most of the words.

    Lists of the same script that know far fewer are left out: their words look alike by chance.
    """
    numbered = [_numbers(word[:LONGEST], script) for word in words]
    read = [
        _read(known, [numbers[place] for numbers in numbered])
        for place, known in enumerate(_of_script(script))
    ]
    most = max((count for _, count in read), default=0)
    found: dict[str, set[int]] = {}
    for concepts, count in read:
        if count and count >= _SHARE * most:
            for concept, places in concepts.items():
                found.setdefault(concept, set()).update(places)
    names = [known.name for known in _of_script(script)]
    return found, next((n for n, (_, count) in zip(names, read, strict=True) if count == most), "")


def _read(known: Families, words: list[frozenset[int]]) -> tuple[dict[str, set[int]], int]:
    """The concepts of one language in a row of words, and how many words it knows."""
    found: dict[str, set[int]] = {}
    knows: set[int] = set()
    for place, numbers in enumerate(words):
        for number in numbers:
            for concept in known.single.get(number, ()):
                found.setdefault(concept, set()).add(place)
                knows.add(place)
            for row, concept in known.rows.get(number, ()):
                if all(one in at for one, at in zip(row, words[place:], strict=False)) and (
                    place + len(row) <= len(words)
                ):
                    found.setdefault(concept, set()).update(range(place, place + len(row)))
                    knows.add(place)
    return found, len(knows)


@lru_cache(maxsize=65536)
def _numbers(word: str, script: str) -> tuple[frozenset[int], ...]:
    return tuple(known.numbers(word) for known in _of_script(script))


@cache
def _of_script(script: str) -> tuple[Families, ...]:
    return tuple(families(known.name) for known in lexicons(script))

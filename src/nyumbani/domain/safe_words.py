"""Words that must not leave the house: what could betray somebody whose telephone others read.

Names of the organisation and of people, what this work is called, who could come (police, embassy),
places, and the times and vehicles of a plan. Looked for in English, Swahili, Sheng, French, Arabic,
Arabizi and Amharic at once, because one message mixes them, and however they are written: case,
Arabic marks and letter forms, characters nobody sees, letters set apart. The lists are ours,
written without native speakers (safe_words.json): a word that is not found is not thereby safe.
"""

import enum
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from nyumbani.domain.triage.folding import Folded, fold
from nyumbani.domain.triage.patterns import compiled

_LANGUAGES = ("en", "sw", "sheng", "fr", "arabizi", "ar", "am")
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5")  # blank, yet letters to Unicode
_ARABIC_BEFORE = "(و|ف)?(ب|ل|ك)?(ال|لل|ل)?"  # and, so; in, for, like; the
_ETHIOPIC_BEFORE = "(በ|ለ|ከ|የ|እነ)?"
_CLOCK = (
    r"(?<![\w:.])(?:[01]?\d|2[0-4])(?:\s?[:h]\s?[0-5]\d|\s?h)(?![\w:])"
    r"|(?<![\w:.])(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?\s?(?:a\.?m|p\.?m)(?!\w)"
)
_DATE = (
    r"(?<![\w/.\-])(?:[12]?\d|30|31|0\d)([/.\-])(?:0?[1-9]|1[0-2])\1(?:\d{2}|\d{4})(?![\w/\-])"
    r"|(?<![\w/.\-])(?:20|14)\d\d([/.\-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|30|31)(?![\w/\-])"
    r"|(?<![\w/.\-])(?!24/7)(?:[12]?\d|30|31|0\d)/(?:0?[1-9]|1[0-2])(?![\w/\-])"
)
_WHEN = re.compile(f"{_CLOCK}|{_DATE}")
_APART = re.compile(r"(?<![^\W_])[^\W\d_](?:[\W_]{1,3}[^\W\d_](?![^\W_])){3,60}")
_SHORTEST_APART = 4  # letters: shorter words set apart are initials, or a list
_PARTICLES = frozenset(
    {"al", "el", "bin", "ben", "ibn", "abu", "umm", "bint", "wa", "ya", "de", "la", "ال", "بن",
     "ابن", "بنت", "ابو", "ام", "عبد"}
)  # fmt: skip
_LONGEST_WORD = 80


def gettext_noop(phrase: str) -> str:
    """The same phrase, marked for the catalogues; nothing here knows Django, or `kit`."""
    return phrase


class Kind(enum.StrEnum):
    """What a word betrays."""

    ORGANISATION = "organisation"
    SUBJECT = "subject"
    NAME = "name"
    PLACE = "place"
    TIME = "time"
    TRAVEL = "travel"


_REASONS = {
    Kind.ORGANISATION: gettext_noop("It names the organisation."),
    Kind.SUBJECT: gettext_noop("It says what this work is, or who could come."),
    Kind.NAME: gettext_noop("It names somebody."),
    Kind.PLACE: gettext_noop("It names a place."),
    Kind.TIME: gettext_noop("It tells when something will be."),
    Kind.TRAVEL: gettext_noop("It tells of a journey."),
}
MAY_BE_ALLOWED = (Kind.NAME, Kind.PLACE, Kind.TIME, Kind.TRAVEL)
"""What somebody's own rule can allow; the organisation and its work are never named."""


@dataclass(frozen=True, slots=True)
class Words:
    """What this house and these people are called, besides the words of the lists."""

    organisation: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowance:
    """What her rule lets us write all the same."""

    kinds: frozenset[Kind] = field(default_factory=frozenset)

    def allows(self, kind: Kind) -> bool:
        """Whether words of this kind may stand."""
        return kind in MAY_BE_ALLOWED and kind in self.kinds


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that could betray her: `text[start:end]` is `words`; `reason` is to be translated."""

    kind: Kind
    words: str
    start: int
    end: int

    @property
    def reason(self) -> str:
        """Why it must not stand."""
        return _REASONS[self.kind]


NOTHING = Words()
NO_ALLOWANCE = Allowance()


def weigh(text: str, house: Words = NOTHING, allowed: Allowance = NO_ALLOWANCE) -> tuple[Hit, ...]:
    """Every word in a text that could betray her, in the order of the text."""
    folded = fold(_seen(text))
    spans = [*_listed(folded), *_of_house(folded, house), *_set_apart(folded, house)]
    found = (
        (kind, *folded.original(start, end)) for kind, start, end in spans
        if start < end and not allowed.allows(kind)
    )  # fmt: skip
    return tuple(Hit(kind, text[start:end], start, end) for kind, start, end in _joined(found))


def kinds_of(hits: Iterable[Hit]) -> tuple[str, ...]:
    """Which kinds there are, for where the words themselves must not stand."""
    return tuple(sorted({hit.kind.value for hit in hits}))


_Span = tuple[Kind, int, int]


def _seen(text: str) -> str:
    """The same text, as long; unseen letters become marks, which folding drops."""
    return "".join("\u200b" if sign in _UNSEEN else sign for sign in text)


def _listed(folded: Folded) -> Iterator[_Span]:
    harmless = [match.span() for match in _patterns()["harmless"].finditer(folded.text)]
    for kind in (Kind.SUBJECT, Kind.PLACE, Kind.TIME, Kind.TRAVEL):
        for start, end in _spans(_patterns()[kind], folded.text):
            if not any(first <= start and end <= last for first, last in harmless):
                yield kind, start, end
    for start, end in _spans(_WHEN, folded.text):
        yield Kind.TIME, start, end


def _of_house(folded: Folded, house: Words) -> Iterator[_Span]:
    for kind, pattern in _house_patterns(house).items():
        for start, end in _spans(pattern, folded.text):
            yield kind, start, end


def _set_apart(folded: Folded, house: Words) -> Iterator[_Span]:
    """Words whose letters stand apart: p o l i c e, p.o.l.i.c.e."""
    for run in _APART.finditer(folded.text):
        places = [place for place in range(*run.span()) if folded.text[place].isalnum()]
        word = "".join(folded.text[place] for place in places)
        for kind, known in _known_words(house):
            at = word.find(known)
            while at >= 0:
                yield kind, places[at], places[at + len(known) - 1] + 1
                at = word.find(known, at + 1)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text))


def _joined(found: Iterable[_Span]) -> list[_Span]:
    """Spans of one kind that overlap are one; those of several kinds stand side by side."""
    joined: list[_Span] = []
    for kind, start, end in sorted(found, key=lambda span: (span[0], span[1], span[2])):
        if joined and joined[-1][0] == kind and start < joined[-1][2]:
            _, first, last = joined.pop()
            joined.append((kind, first, max(last, end)))
        else:
            joined.append((kind, start, end))
    return sorted(joined, key=lambda span: (span[1], span[2], span[0]))


@cache
def _lists() -> dict[str, Any]:
    read = files("nyumbani.domain").joinpath("safe_words.json").read_text("utf-8")
    return dict(json.loads(read))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lists = _lists()

    def all_of(name: str) -> list[str]:
        return [_spelt(entry) for language in _LANGUAGES for entry in lists[language][name]]

    return {
        Kind.SUBJECT: compiled(all_of("subject")), Kind.TIME: compiled(all_of("time")),
        Kind.TRAVEL: compiled(all_of("travel")), "harmless": compiled(all_of("harmless")),
        Kind.PLACE: compiled(_spelt(place) for place in lists["places"]),
    }  # fmt: skip


def _spelt(entry: str) -> str:
    """An entry with what Arabic writes in one with the word; `^` stands for it."""
    if not entry.startswith("^"):
        return entry
    return _ARABIC_BEFORE + entry[1:].removeprefix("ال")


@lru_cache(maxsize=256)
def _house_patterns(house: Words) -> dict[Kind, re.Pattern[str]]:
    return {
        Kind.ORGANISATION: _any_of(house.organisation, _whole),
        Kind.NAME: _any_of(house.names, _each),
        Kind.PLACE: _any_of(house.places, _whole),
    }


def _any_of(entries: Iterable[str], cut: Callable[[str], list[str]]) -> re.Pattern[str]:
    return compiled(_called(word) for entry in entries for word in cut(entry))


def _whole(entry: str) -> list[str]:
    words = _plain(entry)
    return [" ".join(words)] if words else []


def _each(entry: str) -> list[str]:
    """Of a person's name each part betrays her, but not what stands before many names."""
    return [word for word in _plain(entry) if len(word) > 1 and word not in _PARTICLES]


def _plain(entry: str) -> list[str]:
    """The words of a name, without any sign that means something in a pattern."""
    text = fold(_seen(entry)).text
    words = "".join(sign if sign.isalnum() else " " for sign in text).split()
    return [word[:_LONGEST_WORD] for word in words]


def _called(word: str) -> str:
    if "ARABIC" in _script(word):
        return _ARABIC_BEFORE + word
    return f"{_ETHIOPIC_BEFORE}{word}*" if "ETHIOPIC" in _script(word) else word


def _script(word: str) -> str:
    return unicodedata.name(word[0], "") if word else ""


@lru_cache(maxsize=256)
def _known_words(house: Words) -> tuple[tuple[Kind, str], ...]:
    """Single words, long enough to be looked for where nobody knows where a word begins."""
    lists = _lists()
    listed = [
        (kind, entry)
        for kind, name in ((Kind.SUBJECT, "subject"), (Kind.TIME, "time"), (Kind.TRAVEL, "travel"))
        for language in _LANGUAGES for entry in lists[language][name]
    ]  # fmt: skip
    listed += [(Kind.PLACE, place) for place in lists["places"]]
    own = [
        *((Kind.ORGANISATION, "".join(_plain(entry))) for entry in house.organisation),
        *((Kind.NAME, word) for entry in house.names for word in _each(entry)),
        *((Kind.PLACE, "".join(_plain(entry))) for entry in house.places),
    ]
    words = [(kind, fold(entry.strip("^*")).text) for kind, entry in listed] + own
    return tuple(dict.fromkeys(
        (kind, word) for kind, word in words if word.isalpha() and len(word) >= _SHORTEST_APART
    ))  # fmt: skip

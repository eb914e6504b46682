"""What somebody typed or is called, taken apart: names, particles, initials, figures."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from nyumbani.domain.naming.habits import PARTICLES, SERVANTS, family_of
from nyumbani.domain.naming.letters import APOSTROPHES, latin, script_of
from nyumbani.domain.naming.sounds import skeletons

MOST_WORDS = 6
"""More words of a name tell nobody apart."""
MOST_SIGNS = 200
"""More of a text is not looked at."""
ENDING = 4
"""How many of a number's last figures somebody remembers, at least."""
_LONGEST_WORD = 40
_BETWEEN = re.compile(r"[\s,;:/|()\[\]{}<>\"“”_]+")
_NUMBER = re.compile(r"(?:\d[\s./-]?){4,}")  # its figures may stand in groups
_ARTICLE = re.compile(r"^(?:al|el|ar|as|ash|an|ad|at)-(?=\w{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name as written, what it sounds like, and the family of names it is of."""

    text: str
    latin: str
    script: str
    sounds: tuple[str, ...]
    family: str
    weight: float  # of its kind: a particle says little, an initial half

    @property
    def is_name(self) -> bool:
        """Whether it is a name of its own, neither a particle nor an initial."""
        return self.weight >= 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed: words, and the figures of numbers, at least four each."""

    words: tuple[Word, ...]
    figures: tuple[str, ...]


def words_of(name: str) -> tuple[Word, ...]:
    """The words of a name, in the order they stand; never more than six."""
    return _words(name[:MOST_SIGNS])


def asked(text: str) -> Asked:
    """Words and numbers of what somebody typed. Fewer than four figures are no number."""
    text = _plain(text[:MOST_SIGNS])
    figures = ("".join(filter(str.isdecimal, found[0])) for found in _NUMBER.finditer(text))
    return Asked(_words(_NUMBER.sub(" ", text)), tuple(dict.fromkeys(figures))[:3])


@lru_cache(maxsize=65_536)
def _words(text: str) -> tuple[Word, ...]:
    found: list[Word] = []
    for piece in _joined(_BETWEEN.split(_plain(text))):
        word = _word(piece[:_LONGEST_WORD])
        if word is not None and len(found) < MOST_WORDS:
            found.append(word)
    return tuple(found)


def _joined(pieces: list[str]) -> list[str]:
    """Abdul Rahman as one word, and al-Amin without its article."""
    made: list[str] = []
    for piece in filter(None, pieces):
        bare = _ARTICLE.sub("", piece)
        if made and made[-1].casefold() in SERVANTS:
            made[-1] += bare.replace("-", "")
        else:
            made += [part for part in bare.split("-") if part]
    return made


@lru_cache(maxsize=65_536)
def _word(piece: str) -> Word | None:
    text = "".join(sign for sign in piece.strip(".") if sign not in APOSTROPHES)
    written, sounds = latin(text), skeletons(text)
    if not sounds:
        return None
    script = script_of(text)
    if text.casefold() in PARTICLES:
        return Word(text, written, script, sounds, "", 0.1)
    is_initial = len(text) == 1 and script == "latin"
    return Word(
        piece.strip("."), written, script, sounds, "" if is_initial else family_of(text),
        0.5 if is_initial else 1.0,
    )  # fmt: skip


def _plain(text: str) -> str:
    """Figures of any script as 0 to 9, and letters in their usual form."""
    text = unicodedata.normalize("NFC", text)
    return "".join(
        str(unicodedata.decimal(sign, sign)) if sign.isdecimal() else sign for sign in text
    )

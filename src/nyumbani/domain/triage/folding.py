"""Text as it is compared: without case, marks and spelling variants, each letter knowing its place.

Arabic hamza carriers, final ya and ta marbuta, Amharic letters that sound alike and letters held
down ("heeeelp") are each written one way, because people in a hurry write them every way.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_HELD = 3  # so many of the same letter in a row are one letter held down
_HELD_DOWN = re.compile(r"([^\W\d_])\1\1")
_ARABIC = {"ة": "ه", "ى": "ي", "ٱ": "ا", "ک": "ك", "ی": "ي", "ـ": ""}
_ETHIOPIC = ((0x1210, 0x1200, 7), (0x1280, 0x1200, 7), (0x12B8, 0x1200, 7), (0x1220, 0x1230, 8),
             (0x12D0, 0x12A0, 7), (0x1340, 0x1338, 7))  # fmt: skip
_ALIKE = {
    chr(start + order): chr(like + order)
    for start, like, orders in _ETHIOPIC
    for order in range(orders)
}
_FOURTH_IS_FIRST = {"ሃ": "ሀ", "ኣ": "አ"}


@dataclass(frozen=True, slots=True)
class Folded:
    """The compared text; `places[n]` is where its n-th letter stands in the original."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """A non-empty span of the compared text as a span of the original."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Write the text in one way; characters that are only marks vanish."""
    made = [_letters(character) for character in text]
    letters = "".join(made)
    if len(letters) == len(text) and all(map(len, made)):
        places = list(range(len(text)))
    else:
        places = [place for place, some in enumerate(made) for _ in some]
    if not _HELD_DOWN.search(letters):
        return Folded(letters, tuple(places))
    kept = _not_held(letters)
    return Folded("".join(letters[n] for n in kept), tuple(places[n] for n in kept))


def _not_held(letters: str) -> list[int]:
    """The letters to keep: of one held down, the first."""
    kept: list[int] = []
    start = 0
    for end in range(1, len(letters) + 1):
        if end < len(letters) and letters[end] == letters[start]:
            continue
        is_held = end - start >= _HELD and letters[start].isalpha()
        kept.extend([start] if is_held else range(start, end))
        start = end
    return kept


@lru_cache(maxsize=4096)
def _letters(character: str) -> str:
    apart = unicodedata.normalize("NFKD", character.casefold())
    return "".join(
        _one(letter) for letter in apart if unicodedata.category(letter) not in {"Mn", "Cf"}
    )


def _one(letter: str) -> str:
    alike = _ALIKE.get(letter, letter)
    return _FOURTH_IS_FIRST.get(alike, _ARABIC.get(alike, alike))

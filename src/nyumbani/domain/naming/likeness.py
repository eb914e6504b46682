"""How alike two names are, word by word, each word counting by how rare it is.

The answer is reasons: which word of one stands for which of the other, and by what. A number comes
with them to put answers in order; it is no probability and is not shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from nyumbani.domain.naming.words import Word, words_of

SAME, FAMILY, SOUND, NEAR, BEGINS, INITIAL = (
    "same", "same_name", "same_sound", "near", "begins", "initial",
)  # fmt: skip
_LEAST = 0.55  # two words less alike than this are two words
_CLOSE = 0.84  # letters that differ by a slip or two

Rarity = Callable[[Word], float]
"""How much a word tells, in bits: few bear it, many bits. It comes from who counts names."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A word of one name that stands for a word of the other, and why."""

    code: str
    mine: str
    theirs: str
    alike: float  # 0 to 1
    weight: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two names have in common, and how much of each."""

    twins: tuple[Twin, ...]
    mine: float  # bits in one name
    theirs: float  # ... in the other

    @property
    def common(self) -> float:
        """Bits the two have in common."""
        return sum(twin.alike * twin.weight for twin in self.twins)

    @property
    def whole(self) -> float:
        """How alike the two names are as wholes, 0 to 1; the same whichever comes first."""
        both = self.mine + self.theirs
        return min(1.0, 2 * self.common / both) if both else 0.0


def even(word: Word) -> float:
    """A rarity for who has counted nothing: all names tell the same."""
    return word.weight


def likeness(one: str, other: str, rarity: Rarity = even) -> Likeness:
    """Compare two names, in whatever order and script their words stand."""
    return compared(words_of(one), words_of(other), rarity)


def compared(
    mine: Sequence[Word], theirs: Sequence[Word], rarity: Rarity = even, *, is_typing: bool = False
) -> Likeness:
    """Compare words with words. While somebody types, any of `mine` may be a beginning.

    The best pair of words is taken first, then the best of those left, each word once.
    """
    weights, others = [rarity(word) for word in mine], [rarity(word) for word in theirs]
    pairs = []
    for n, word in enumerate(mine):
        for m, other in enumerate(theirs):
            code, alike = _alike(word, other)
            if is_typing and alike < 0.9:
                code, alike = max((code, alike), _begun(word, other), key=lambda one: one[1])
            if alike >= _LEAST:
                weight = (weights[n] + others[m]) / 2
                tie = tuple(sorted((word.text, other.text)))  # the same from either side
                pairs.append((-alike * weight, -alike, tie, n, m, code, weight))
    used: tuple[set[int], set[int]] = (set(), set())
    twins = []
    for _gain, alike, _tie, n, m, code, weight in sorted(pairs):
        if n not in used[0] and m not in used[1]:
            used[0].add(n)
            used[1].add(m)
            twins.append(Twin(code, mine[n].text, theirs[m].text, -alike, weight))
    return Likeness(tuple(twins), sum(weights), sum(others))


@lru_cache(maxsize=65_536)
def _alike(one: Word, other: Word) -> tuple[str, float]:
    if one.latin == other.latin and one.script == other.script:
        return SAME, 1.0
    if 1 in {len(one.latin), len(other.latin)}:
        return (INITIAL, 0.8) if one.latin[:1] == other.latin[:1] else ("", 0.0)
    letters = JaroWinkler.similarity(*sorted((one.latin, other.latin)))
    if one.family and other.family and one.family != other.family:
        return (NEAR, 0.65 * letters) if letters >= _CLOSE else ("", 0.0)  # Hassan is not Hussein
    if set(one.sounds) & set(other.sounds):
        return SOUND, _by_sound(one, other, letters)
    if one.family and other.family:
        return FAMILY, 0.9 + 0.05 * letters
    return _nearly(one, other, letters)


def _nearly(one: Word, other: Word, letters: float) -> tuple[str, float]:
    """Words a slip or two apart: by their letters, or between scripts by their sounds."""
    sounds = JaroWinkler.similarity(*sorted((one.sounds[0], other.sounds[0])))
    if one.script != other.script:
        return (NEAR, 0.8 * sounds) if sounds >= _CLOSE else ("", 0.0)
    return (NEAR, 0.475 * (letters + sounds)) if letters >= _CLOSE else ("", 0.0)


def _by_sound(one: Word, other: Word, letters: float) -> float:
    """The fewer sounds, the more names share them; vowels then have to agree as well."""
    few = min(len(one.sounds[0]), len(other.sounds[0])) < 3
    if one.script != other.script:
        return 0.8 if few and letters < 0.95 else 0.93
    return 0.4 + 0.5 * letters if few else 0.75 + 0.2 * letters


def _begun(word: Word, other: Word) -> tuple[str, float]:
    """Whether `word` is how `other` begins, by its letters or its sounds."""
    if 1 < len(word.latin) < len(other.latin) and other.latin.startswith(word.latin):
        return BEGINS, 0.9
    heard = word.sounds[0]
    if len(heard) > 1 and any(sound.startswith(heard) for sound in other.sounds):
        return BEGINS, 0.8 if len(heard) > 2 else 0.6
    return "", 0.0

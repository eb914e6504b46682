"""What a misspelt word may have been meant to be: one letter wrong, in long words only.

"strngled" is read as "strangled": a word of at least seven letters (five in Arabic and Ethiopic
script, which write fewer) that no list knows, and that is one letter more, less, other or two
letters swapped away from a listed word with the same first letter. Shorter words are not guessed
at: there everything is near everything. A wrong guess is a false alarm, which costs little.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from nyumbani.domain.triage.folding import Folded
from nyumbani.domain.triage.lexicon import SCRIPTS, is_known, listed_words

_SHORTEST = {"latin": 7, "arabic": 5, "ethiopic": 5}
_LONGEST = 24  # a longer word is no word of ours
_WORD = re.compile(r"\w+")


def guessed(folded: Folded, script: str) -> Folded:
    """The text with each misspelt word replaced by what it was meant to be; places stay true."""
    text: list[str] = []
    places: list[int] = []
    at = 0
    for match in _WORD.finditer(folded.text):
        word = match.group()
        meant = _meant(word, script) if len(word) >= _SHORTEST[script] else None
        if meant is None:
            continue
        start, end = match.span()
        text += [folded.text[at:start], meant]
        places += [*folded.places[at:start], *_spread(folded.places[start:end], len(meant))]
        at = end
    if not text:
        return folded
    return Folded("".join([*text, folded.text[at:]]), (*tuple(places), *folded.places[at:]))


def _spread(places: tuple[int, ...], length: int) -> Iterator[int]:
    """Where the letters of the guessed word stand: in step, the last one at the end."""
    for number in range(length):
        is_last = number == length - 1
        yield places[-1] if is_last else places[min(number, len(places) - 1)]


@lru_cache(maxsize=16384)
def _meant(word: str, script: str) -> str | None:
    """The listed word this one is a slip of; None if it is known, or near to none."""
    if len(word) > _LONGEST or not SCRIPTS[script].search(word) or is_known(word, script):
        return None
    whole, stems = _index(script)
    meant = _listed_near(word, whole)
    if meant:
        return meant
    for length in range(_SHORTEST[script], len(word)):
        meant = _listed_near(word[:length], stems)
        if meant:
            return meant + word[length:]
    return None


def _listed_near(word: str, index: dict[str, list[str]]) -> str | None:
    near = (listed for variant in _near(word) for listed in index.get(variant, ()))
    return next((listed for listed in near if _is_slip(word, listed)), None)


@cache
def _index(script: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Listed words and stems by each way of leaving out one of their letters."""
    found = listed_words(script)
    return _by_variant(found.whole, script), _by_variant(found.stems, script)


def _by_variant(words: Iterable[str], script: str) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for word in sorted(words):
        if len(word) >= _SHORTEST[script]:
            for variant in _near(word):
                index.setdefault(variant, []).append(word)
    return index


def _near(word: str) -> list[str]:
    return [word, *(word[:n] + word[n + 1 :] for n in range(len(word)))]


def _is_slip(word: str, meant: str) -> bool:
    """One letter inserted, left out, replaced, or two neighbours swapped; never the first."""
    if word == meant or word[0] != meant[0] or abs(len(word) - len(meant)) > 1:
        return False
    same = next((n for n, (a, b) in enumerate(zip(word, meant, strict=False)) if a != b), None)
    if same is None:
        return True
    rest, other = word[same:], meant[same:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]

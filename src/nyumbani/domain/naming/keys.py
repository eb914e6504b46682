"""What is written down of a name to find it again, and what is asked for when somebody types.

A key is a kind and a text. Nothing here is stored as it is: whoever keeps keys digests them
(docs/decisions). Two words together are a key of their own, so that a common word beside another
leads to few people at once.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nyumbani.domain.naming.habits import family_of_sound
from nyumbani.domain.naming.sounds import near
from nyumbani.domain.naming.words import ENDING, Word, words_of

Key = tuple[str, str]
WORD, BEGINNING, TWO, FIGURES, TOWN, EMPLOYER = "w", "b", "2", "n", "t", "e"
CLUES = (TOWN, EMPLOYER)
_MOST_TWO = 12  # keys of two words of one name
_BEGINNINGS = (3, 4)
_SHORTEST = 7  # figures of a telephone number


@dataclass(frozen=True, slots=True)
class Clue:
    """Something beside names and numbers by which somebody is known: a town, an employer."""

    kind: str
    words: str


def keys_of_name(name: str) -> set[Key]:
    """Everything a name is found by."""
    words = [word for word in words_of(name) if word.is_name]
    keys = {key for word in words for key in _of_word(word)}
    together = itertools.combinations(words, 2)
    two = itertools.chain.from_iterable(exactly(one, other) for one, other in together)
    return keys | set(itertools.islice(two, _MOST_TWO))


def keys_of_number(value: str) -> set[Key]:
    """The ending of a telephone number; none of what is too short to be one."""
    figures = "".join(filter(str.isdecimal, value))
    return {ending(figures)} if len(figures) >= _SHORTEST else set()


def keys_of_clue(clue: Clue) -> set[Key]:
    """Each word of a town's or an employer's name, by its sounds."""
    words = [word for word in words_of(clue.words) if word.is_name]
    return {(clue.kind, sound) for word in words for sound in word.sounds if len(sound) > 1}


def ending(figures: str) -> Key:
    """The key of a number's last figures."""
    return (FIGURES, figures[-ENDING:])


def of_name(word: Word) -> set[Key]:
    """Under what a word typed whole stands."""
    return {(WORD, name) for name in (*_names(word), *word.sounds)}


def begun(word: Word) -> set[Key]:
    """Under what a word stands of which this is the beginning."""
    longest = _BEGINNINGS[-1]
    return {(BEGINNING, sound[:longest]) for sound in word.sounds if len(sound) >= _BEGINNINGS[0]}


def as_clue(word: Word) -> set[Key]:
    """Under what a word stands if it is a town's or an employer's."""
    return {(kind, sound) for kind in CLUES for sound in word.sounds if len(sound) > 1}


def exactly(one: Word, other: Word) -> list[Key]:
    """Under what two words stand together, whichever comes first."""
    return list(dict.fromkeys(_two(a, b) for a in _names(one) for b in _names(other)))


def nearly(one: Word, other: Word) -> set[Key]:
    """Under what two words stand together if there is a slip in one of them."""
    return {_two(a, b) for a in _slips(one) for b in _names(other)[:1]} | {
        _two(a, b) for a in _names(one)[:1] for b in _slips(other)
    }


def near_word(word: Word) -> set[Key]:
    """Under what a word stands if there is a slip in it."""
    return {(WORD, name) for name in _slips(word)}


def _slips(word: Word) -> set[str]:
    sounds = near(word.sounds[0])
    names = {f"={family_of_sound(sound)}" for sound in sounds if family_of_sound(sound)}
    return sounds | names | {word.sounds[0]}


def _of_word(word: Word) -> Iterator[Key]:
    yield from of_name(word)
    for sound in word.sounds:
        yield from ((BEGINNING, sound[:length]) for length in _BEGINNINGS if len(sound) >= length)


def _names(word: Word) -> tuple[str, ...]:
    """What a word is called by: the family it is of, else how it sounds."""
    return (f"={word.family}",) if word.family else word.sounds


def _two(one: str, other: str) -> Key:
    return (TWO, "|".join(sorted((one, other))))


def all_keys(names: Iterable[str], numbers: Iterable[str], clues: Iterable[Clue]) -> set[Key]:
    """Everything one person is found by."""
    return {
        *itertools.chain.from_iterable(map(keys_of_name, names)),
        *itertools.chain.from_iterable(map(keys_of_number, numbers)),
        *itertools.chain.from_iterable(map(keys_of_clue, clues)),
    }

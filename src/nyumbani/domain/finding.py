"""Finding words in what people wrote, however they wrote them.

Case, marks, Arabic letter forms, letters held down and the figures of any script are written one
way on both sides (nyumbani.domain.triage.folding). A text fits that holds every word asked for,
each as it stands or inside a longer one: people remember a beginning.
"""

import unicodedata
from dataclasses import dataclass

from nyumbani.domain.triage.folding import Folded, fold

_AROUND = 90  # characters shown on either side of the first word found
_MOST_WORDS = 8  # more narrow nothing down

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, and whether it is a word that was asked for."""

    text: str
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: some words, written one way."""

    words: tuple[str, ...]

    def spans(self, text: str) -> list[Span]:
        """Where the words stand in a text, in order, none over another; empty if one is missing."""
        folded = _written(text)
        found: list[Span] = []
        for word in self.words:
            places = list(_places(folded, word))
            if not places:
                return []
            found += places
        return _merged(found)


def wanted(asked: str) -> Wanted:
    """The words of what somebody typed, at most eight; none where nothing is left of them."""
    return Wanted(tuple(dict.fromkeys(_written(asked).text.split()))[:_MOST_WORDS])


def excerpt(text: str, spans: list[Span]) -> list[Piece]:
    """A text around the first word found, cut into pieces, the words marked; … where it goes on."""
    if not spans:
        return [Piece(text[: 2 * _AROUND])]
    start = max(0, spans[0][0] - _AROUND)
    end = min(len(text), spans[0][1] + 2 * _AROUND)
    pieces, at = [Piece("…" if start else "")], start
    for begins, ends in spans:
        if ends > end:
            break
        pieces += [Piece(text[at:begins]), Piece(text[begins:ends], is_found=True)]
        at = ends
    pieces.append(Piece(text[at:end] + ("…" if end < len(text) else "")))
    return [piece for piece in pieces if piece.text]


def _written(text: str) -> Folded:
    return fold("".join(map(_figure, text)))


def _figure(sign: str) -> str:
    """A figure of any script as 0 to 9; other signs as they are."""
    return str(unicodedata.decimal(sign, sign)) if sign.isdecimal() else sign


def _places(folded: Folded, word: str) -> list[Span]:
    found, at = [], folded.text.find(word)
    while at >= 0:
        found.append(folded.original(at, at + len(word)))
        at = folded.text.find(word, at + len(word))
    return found


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for begins, ends in sorted(spans):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
        else:
            merged.append((begins, ends))
    return merged

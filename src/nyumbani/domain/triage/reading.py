"""Every word of a message that says something about danger, and what stands around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from nyumbani.domain.triage.folding import Folded, fold
from nyumbani.domain.triage.guessing import guessed
from nyumbani.domain.triage.lexicon import SCRIPTS, Group, Lexicon, begun_by, lexicons
from nyumbani.domain.triage.terms import About, Category, Level, Setting

_PIECE = 2000  # characters read at once: what stands around a word is looked for no further
_BLANK = re.compile(r"[.!?؟።\n]\s|\s")
_SENTENCE_ENDS = re.compile(r"[.!?؟።\n;]+")
SET_ASIDE = frozenset({Setting.NEGATED, Setting.FIGURE, Setting.GENERAL})
_WORD = re.compile(r"\w+")
_CLAUSE_ENDS = re.compile(r"[,،፣:()]|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Hit:
    """Words found, as written; `start` and `end` are characters of the message."""

    words: str
    start: int
    end: int
    language: str  # whose word list
    category: Category
    listed: Level  # as the list says
    level: Level  # as it counts here
    about: About
    settings: frozenset[Setting] = frozenset()
    is_broad: bool = False  # of words that also stand in calm messages

    @property
    def is_negated(self) -> bool:
        """The message denies it."""
        return Setting.NEGATED in self.settings


@dataclass(frozen=True, slots=True)
class _Found:
    """A match in the folded text, with the sentence and the clause it stands in."""

    group: Group
    start: int
    end: int
    sentence: tuple[int, int]
    clause: tuple[int, int]


@dataclass(slots=True)
class _Reader:
    """One message read with one language's words."""

    text: str
    words: Lexicon
    _sentences: list[tuple[int, int]] = field(init=False)
    _clauses: list[tuple[int, int]] | None = None

    def __post_init__(self) -> None:
        self._sentences = _parts(self.text, [_SENTENCE_ENDS])

    def found(self, starts: list[tuple[int, int]]) -> Iterator[_Found]:
        ends: dict[int, int] = {}  # where the last match of each group ended
        for at, number in starts:
            if at < ends.get(number, 0):
                continue
            group = self.words.groups[number]
            match = group.found.match(self.text, at)
            if match:
                ends[number] = match.end()
                yield self._placed(group, *match.span())

    def _placed(self, group: Group, start: int, end: int) -> _Found:
        if self._clauses is None:
            cuts = [_SENTENCE_ENDS, _CLAUSE_ENDS, self.words.but]
            self._clauses = _parts(self.text, cuts)
        return _Found(
            group, start, end, _around(self._sentences, start, end),
            _around(self._clauses, start, end),
        )  # fmt: skip

    def settings(self, hit: _Found, about: About) -> frozenset[Setting]:
        said: set[Setting] = set()
        if hit.group.is_negatable and self._is_negated(hit):
            said.add(Setting.NEGATED)
        if hit.group.figures.search(self.text, *hit.sentence):
            said.add(Setting.FIGURE)
        if about is About.GENERAL:
            said.add(Setting.GENERAL)
        long_ago = _distance(self.words.long_ago, self.text, hit, hit.clause)
        now = _distance(self.words.now, self.text, hit, hit.clause)
        if long_ago is not None and (now is None or long_ago < now):
            said.add(Setting.LONG_AGO)
        elif _distance(self.words.now, self.text, hit, hit.sentence) is not None:
            said.add(Setting.NOW)
        return frozenset(said)

    def about(self, hit: _Found) -> About:
        words = self.words
        if words.herself.search(self.text, hit.start, hit.end):
            return About.HERSELF
        if words.general.search(self.text, *hit.sentence):
            return About.GENERAL
        if words.somebody.search(self.text, *hit.sentence):
            return About.SOMEBODY
        return About.HERSELF if words.herself.search(self.text, *hit.clause) else About.UNSAID

    def _is_negated(self, hit: _Found) -> bool:
        for word in re.finditer(r"\w+", self.text[hit.start : hit.end]):
            if self.words.negated_words.fullmatch(word.group()):
                return True
        begin = hit.clause[0]
        for negator in self.words.negators:
            for denial in negator.found.finditer(self.text, begin, hit.start):
                between = re.findall(r"\w+", self.text[denial.end() : hit.start])
                if len(between) <= negator.reach:
                    return True
        return False


def hits_in(text: str) -> list[Hit]:
    """All hits of a message in the order of the message; any text at all may be given."""
    return [_moved(hit, at) for at, piece in _pieces(text) for hit in _hits(piece)]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text in pieces, cut at a blank where there is one, so that a long one takes no square."""
    at = 0
    while at < len(text):
        end = at + _PIECE
        if end < len(text):
            end = max((m.end() for m in _BLANK.finditer(text, at, end)), default=end)
        yield at, text[at:end]
        at = end


def _moved(hit: Hit, by: int) -> Hit:
    return replace(hit, start=hit.start + by, end=hit.end + by) if by else hit


def _hits(text: str) -> list[Hit]:
    plain = fold(text)
    found = [
        hit
        for script, letters in SCRIPTS.items()
        if letters.search(plain.text)
        for folded in (guessed(plain, script),)
        for words, starts in _begun(folded.text, script)
        for hit in _read(text, folded, words, starts)
    ]
    agreed = {_agreed(hit, found) for hit in found}
    return sorted(agreed, key=lambda hit: (hit.start, hit.end, hit.level, hit.language))


def _agreed(hit: Hit, found: list[Hit]) -> Hit:
    """What sets the same words aside in another language's list sets them aside here as well.

    Sheng is read with three lists: "the exam killed me" is no threat because Swahili knows it.
    """
    lowering = {
        setting
        for other in found
        if other.language != hit.language and other.category is hit.category
        and other.start < hit.end and hit.start < other.end
        for setting in other.settings & SET_ASIDE
    }  # fmt: skip
    if not lowering or hit.settings & SET_ASIDE:
        return hit
    return replace(hit, level=Level.P4, settings=hit.settings | lowering)


def _begun(text: str, script: str) -> Iterator[tuple[Lexicon, list[tuple[int, int]]]]:
    """Each list that may find something, with the places where to look and for which groups."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for word in _WORD.finditer(text):
        for place, number in begun_by(script, word.group()):
            starts.setdefault(place, []).append((word.start(), number))
    for place, found in sorted(starts.items()):
        yield lexicons(script)[place], found


def _read(
    text: str, folded: Folded, words: Lexicon, starts: list[tuple[int, int]]
) -> Iterator[Hit]:
    reader = _Reader(folded.text, words)
    for hit in reader.found(starts):
        start, end = folded.original(hit.start, hit.end)
        about = reader.about(hit)
        settings = reader.settings(hit, about)
        yield Hit(
            text[start:end], start, end, words.language, hit.group.category, hit.group.level,
            counts_as(hit.group, settings), about, settings, hit.group.is_broad,
        )  # fmt: skip


def counts_as(group: Group, settings: frozenset[Setting]) -> Level:
    """The level that words have in their setting: the rule that lowers most comes first."""
    if settings & SET_ASIDE:
        return Level.P4
    if Setting.LONG_AGO in settings:
        return max(group.level, Level.P3)
    return min(group.level, group.level_now) if Setting.NOW in settings else group.level


def _parts(text: str, ends: list[re.Pattern[str]]) -> list[tuple[int, int]]:
    """The text cut wherever one of these begins; a word such as "but" belongs to what follows."""
    cuts = sorted({0, len(text), *(match.start() for end in ends for match in end.finditer(text))})
    return list(pairwise(cuts))


def _around(parts: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The parts from the one in which the hit begins to the one in which it ends, as one span."""
    inside = [part for part in parts if part[1] > start and part[0] < end]
    return inside[0][0], inside[-1][1]


def _distance(mark: re.Pattern[str], text: str, hit: _Found, span: tuple[int, int]) -> int | None:
    """Characters from the hit to the nearest such mark in the span; None without one."""
    apart = (
        max(hit.start - match.end(), match.start() - hit.end, 0)
        for match in mark.finditer(text, *span)
    )
    return min(apart, default=None)

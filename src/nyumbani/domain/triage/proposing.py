"""Which urgency to propose for a message. People decide; nothing is hidden.

What a conversation shows is the gravest of what she wrote since we last answered: that is worked
out where the messages are (inbox/actions/triage.py).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from nyumbani.domain.languages import UNKNOWN, is_common
from nyumbani.domain.triage.folding import fold
from nyumbani.domain.triage.leaning import Leaning, leaning_of
from nyumbani.domain.triage.lexicon import NAMES, SCRIPTS, is_known
from nyumbani.domain.triage.reading import SET_ASIDE, Hit, hits_in
from nyumbani.domain.triage.terms import About, Category, Level, Mark, Setting

_GREETING = 6  # words: a longer message with nothing but polite words in it is not understood
_READ_WHOLE = 12_000  # characters: a hostile page of words would take a worker a minute
_KNOWN = 0.3  # of its words: a longer message of which fewer are known is not understood either
_READ = frozenset(NAMES) | {UNKNOWN}  # the languages we have lists for
# Graver together than either alone.
_TOGETHER = tuple(
    map(
        frozenset,
        (
            (Category.LOCKED_IN, Category.HUNGER), (Category.LOCKED_IN, Category.MEDICAL),
            (Category.LOCKED_IN, Category.CHILD), (Category.CHILD, Category.HUNGER),
            (Category.CHILD, Category.MEDICAL),
        ),
    )
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_WEIGHTLESS = SET_ASIDE | {Setting.LONG_AGO}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one message seems to ask for. What was not understood is not well: somebody reads it."""

    level: Level
    hits: tuple[Hit, ...]
    is_understood: bool  # words of a list were found; a greeting does not explain a long message
    together: frozenset[Category] = frozenset()  # what made it P1 only together: locked in, no food

    @property
    def because(self) -> tuple[Hit, ...]:
        """The hits that make it this level."""
        if self.together:
            return tuple(hit for hit in self.hits if _counts(hit) and hit.category in self.together)
        return tuple(hit for hit in self.hits if hit.level is self.level)

    @property
    def mark(self) -> Mark:
        """What stands beside the message: its level, or that somebody must read it."""
        if not self.is_understood and self.level > Level.P1:
            return Mark.NOT_UNDERSTOOD
        return Mark[self.level.name]


def assess(text: str, language: str = UNKNOWN) -> Assessment:
    """The gravest of what the message says; P4 when nothing is found.

    `language` is that of her conversation, as `domain.languages` names it: in one we have no list
    for, a word that looks harmless explains nothing.
    """
    read = text[:_READ_WHOLE]
    found = tuple(hits_in(read))
    leaning = leaning_of(read, weightless(found), why_aside(found)) if _is_open(found) else None
    hits = _weighed(found, leaning)
    level = min((hit.level for hit in hits), default=Level.P4)
    named = {hit.category for hit in hits if _counts(hit)}
    together = next((pair for pair in _TOGETHER if pair <= named), frozenset())
    if level > Level.P1 and together:
        return Assessment(Level.P1, hits, is_understood=True, together=together)
    is_listed = is_explained(hits)
    if level > Level.P1 and leaning and leaning.is_danger(is_listed=is_listed):
        hits = (*hits, *_leaning_hits(text, leaning))
        return Assessment(Level.P1, hits, is_understood=True)
    is_read = len(text) <= _READ_WHOLE  # what stands further down somebody must read
    is_doubtful = level is Level.P4 and leaning is not None and _is_doubtful(leaning)
    is_understood = is_read and not is_doubtful and _is_understood(text, hits, language)
    return Assessment(level, hits, is_understood)


def _is_open(hits: tuple[Hit, ...]) -> bool:
    """Nothing but broad words, or none, speak of immediate danger: the whole message is weighed."""
    return all(hit.is_broad for hit in hits if hit.level is Level.P1)


def _weighed(hits: tuple[Hit, ...], leaning: Leaning | None) -> tuple[Hit, ...]:
    """Broad words of danger in a message that is calm as a whole: within a day, not now."""
    if leaning is None or not leaning.is_calm:
        return hits
    return tuple(
        replace(hit, level=Level.P2) if hit.is_broad and hit.level is Level.P1 else hit
        for hit in hits
    )


def weightless(hits: Iterable[Hit]) -> tuple[tuple[int, int], ...]:
    """Where the message denies, jokes or looks back: words there weigh nothing."""
    return tuple((hit.start, hit.end) for hit in hits if hit.settings & _WEIGHTLESS)


def is_explained(hits: Iterable[Hit]) -> bool:
    """The lists have understood something less than danger, or set words of danger aside."""
    return any(hit.level > Level.P1 or hit.settings & SET_ASIDE for hit in hits)


def _is_doubtful(leaning: Leaning) -> bool:
    """Explained by the lists, and yet it sounds like danger: not called calm."""
    is_told = leaning.count > _GREETING or leaning.sum > 0  # no mere greeting
    return is_told and leaning.is_danger(is_listed=False)


def why_aside(hits: Iterable[Hit]) -> frozenset[str]:
    """Which of denial, joke, news and long ago there are."""
    return frozenset(one.value for hit in hits for one in hit.settings & _WEIGHTLESS)


def _leaning_hits(text: str, leaning: Leaning) -> Iterator[Hit]:
    """The words that weighed most, as written."""
    for _, start, end in leaning.words:
        yield Hit(
            text[start:end], start, end, leaning.language, Category.LEANING,
            Level.P1, Level.P1, About.UNSAID,
        )  # fmt: skip


def _is_understood(text: str, hits: tuple[Hit, ...], language: str) -> bool:
    if any(_counts(hit) for hit in hits):
        return True
    if not hits or language not in _READ:
        return False
    words = _WORD.findall(fold(text).text)
    if len(words) <= _GREETING:
        return True
    if all(hit.category is Category.PRACTICAL for hit in hits):
        return False
    return sum(map(_is_word, words)) >= _KNOWN * len(words)


def _is_word(word: str) -> bool:
    script = next((name for name, letters in SCRIPTS.items() if letters.search(word)), "")
    return bool(script) and (is_known(word, script) or is_common(word))


def _counts(hit: Hit) -> bool:
    return hit.level <= Level.P2

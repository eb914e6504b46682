"""Which urgency to propose for a message and a conversation. People decide; nothing is hidden."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from nyumbani.domain.triage.reading import Hit, hits_in
from nyumbani.domain.triage.terms import Category, Level

LOOKED_BACK = dt.timedelta(hours=72)  # older words are shown, but do not make it urgent today
_GREETING = 6  # words: a longer message with nothing but polite words in it is not understood
_WITHOUT_FOOD = frozenset({Category.LOCKED_IN, Category.HUNGER})


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one message seems to ask for. What was not understood is not well: somebody reads it."""

    level: Level
    hits: tuple[Hit, ...]
    is_understood: bool  # words of a list were found; a greeting does not explain a long message
    is_without_food: bool = False  # locked in without food or water: graver than either alone

    @property
    def because(self) -> tuple[Hit, ...]:
        """The hits that make it this level."""
        if self.is_without_food:
            return tuple(hit for hit in self.hits if _counts(hit) and hit.category in _WITHOUT_FOOD)
        return tuple(hit for hit in self.hits if hit.level is self.level)


@dataclass(frozen=True, slots=True)
class Said:
    """One message of hers; `id` is the caller's."""

    id: str
    at: dt.datetime  # with its zone
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """For a conversation. `stands` is the graver of ours and what staff set: never below theirs."""

    level: Level
    stands: Level
    message: Said | None  # the newest of the gravest
    not_understood: tuple[Said, ...]  # of the last 72 hours: the level says nothing about these
    assessments: tuple[tuple[Said, Assessment], ...]  # of all messages, old ones too, oldest first


def assess(text: str) -> Assessment:
    """The gravest of what the message says; P4 when nothing is found."""
    hits = tuple(hits_in(text))
    level = min((hit.level for hit in hits), default=Level.P4)
    named = {hit.category for hit in hits if _counts(hit)}
    if level > Level.P1 and named >= _WITHOUT_FOOD:
        return Assessment(Level.P1, hits, is_understood=True, is_without_food=True)
    return Assessment(level, hits, _is_understood(text, hits))


def propose(
    messages: Iterable[Said], *, now: dt.datetime, set_by_staff: Level | None = None
) -> Proposal:
    """The gravest message of the last 72 hours, beside what staff set."""
    read = tuple((said, assess(said.text)) for said in sorted(messages, key=lambda m: m.at))
    lately = [(said, judged) for said, judged in read if now - said.at <= LOOKED_BACK]
    gravest = min(lately, key=lambda pair: (pair[1].level, now - pair[0].at), default=None)
    level = gravest[1].level if gravest else Level.P4
    stands = level if set_by_staff is None else min(level, set_by_staff)
    unknown = tuple(said for said, judged in lately if not judged.is_understood)
    return Proposal(level, stands, gravest[0] if gravest else None, unknown, read)


def _is_understood(text: str, hits: tuple[Hit, ...]) -> bool:
    if any(hit.category is not Category.PRACTICAL for hit in hits):
        return True
    return bool(hits) and len(text.split()) <= _GREETING


def _counts(hit: Hit) -> bool:
    return hit.level <= Level.P2

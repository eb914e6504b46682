"""Whether somebody is who was meant: likely, possible or not, with the reasons as data.

The page says the reasons in words: `same_sound, Wanjiru, ونجيرو` · `number_ends, 0142` · `town,
Tripoli`. One name alone is never likely: half a town is called Fatuma. Nor is a number alone:
telephones are shared. Nothing here merges anybody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nyumbani.domain.naming.likeness import (
    BEGINS,
    INITIAL,
    Rarity,
    Twin,
    compared,
    even,
)
from nyumbani.domain.naming.words import ENDING, Asked, words_of

NUMBER_ENDS, NUMBER_SAME, TOWN, EMPLOYER = "number_ends", "same_number", "town", "employer"
_WHOLE = 8  # so many last figures are a number; before them stands a country's, or a nought
_LIKELY, _LEAST = 0.78, 0.3
_STRONG = 0.8  # a word that stands for a word, and not only might

Weight = Callable[[str], float]
"""How many bits a number's figures tell."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code, what was typed, and what is known of her that it stands for, if it differs."""

    code: str
    mine: str
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody: every name, number, and which typed words are her clues."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    clues: tuple[tuple[str, str], ...] = ()  # TOWN or EMPLOYER, and the word that was typed


@dataclass(frozen=True, slots=True)
class Verdict:
    """How much of what was typed stands for somebody, and by what."""

    score: float  # 0 to 1, for putting answers in order; it is no probability
    is_likely: bool
    name: str  # the one of her names that fits best
    reasons: tuple[Reason, ...]


def judged(
    asked: Asked, known: Known, rarity: Rarity = even, weight: Weight | None = None
) -> Verdict | None:
    """What speaks for this being who was meant; None where too little does."""
    weight = weight or _plain_weight
    best = max(
        (_with_name(asked, known, name, rarity, weight) for name in known.names or ("",)),
        key=lambda one: one.score,
    )
    return best if best.score >= _LEAST and best.reasons else None


def _with_name(
    asked: Asked, known: Known, name: str, rarity: Rarity, weight: Weight
) -> Verdict:  # fmt: skip
    like = compared(asked.words, words_of(name), rarity, is_typing=True)
    twins, clues = _apart(like.twins, {word: kind for kind, word in known.clues})
    bits = {word.text: rarity(word) for word in asked.words}
    numbers = [_number(figures, known.numbers) for figures in asked.figures]
    found = [(reason, trust * weight(reason.mine)) for reason, trust in filter(None, numbers)]
    got = sum(twin.alike * bits[twin.mine] for twin in twins)
    got += sum(bits[word] for _kind, word in clues) + sum(some for _reason, some in found)
    wanted = sum(bits[word.text] for word in asked.words) + sum(map(weight, asked.figures))
    unsaid = (like.theirs - sum(twin.weight for twin in twins)) / like.theirs if twins else 1.0
    score = min(1.0, got / wanted) * (1 - 0.08 * max(0.0, unsaid)) if wanted else 0.0
    reasons = (
        *(_reason(twin) for twin in twins), *(reason for reason, _some in found),
        *(Reason(kind, word) for kind, word in clues),
    )  # fmt: skip
    return Verdict(score, score >= _LIKELY and _suffices(twins, found), name, reasons)


def _apart(
    twins: Sequence[Twin], clues: dict[str, str]
) -> tuple[list[Twin], list[tuple[str, str]]]:  # fmt: skip
    """Each typed word counts once: for a name if it is one, else for a place or employer."""
    strong = [twin for twin in twins if twin.mine not in clues or twin.alike >= _STRONG]
    said = {twin.mine for twin in strong}
    return strong, [(kind, word) for word, kind in clues.items() if word not in said]


def _suffices(twins: Sequence[Twin], numbers: Sequence[object]) -> bool:
    names = [twin for twin in twins if twin.alike >= _STRONG and twin.code not in {BEGINS, INITIAL}]
    return len(names) >= 2 or (len(names) == 1 and len(numbers) >= 1)


def _number(figures: str, numbers: Sequence[str]) -> tuple[Reason, float] | None:
    """The typed figures in one of her numbers: at its end, or all of them."""
    best: tuple[Reason, float] | None = None
    for number in numbers:
        hers = "".join(filter(str.isdecimal, number))
        if figures[-_WHOLE:] == hers[-_WHOLE:] and len(figures) >= _WHOLE:
            return Reason(NUMBER_SAME, figures), 1.0
        if hers.endswith(figures):
            best = Reason(NUMBER_ENDS, figures), 1.0
        elif best is None and len(figures) > ENDING and hers.endswith(figures[-ENDING:]):
            best = Reason(NUMBER_ENDS, figures, figures[-ENDING:]), 0.5
    return best


def _reason(twin: Twin) -> Reason:
    return Reason(twin.code, twin.mine, twin.theirs if twin.theirs != twin.mine else "")


def _plain_weight(figures: str) -> float:
    return 1.0 if figures else 0.0

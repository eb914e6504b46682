"""What is read to somebody before she agrees, in her language: HTCDS's seven questions answered.

Each version is a file of its own, `texts/<number>.json`. One that was read to anybody is never
changed, so that in ten years it can still be shown what she agreed to; new words get a new number.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from nyumbani.domain.consent.terms import Purpose, Question

LANGUAGES = ("en", "sw", "ar", "fr", "am")
NEWEST = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """The answer to one of the seven, in spoken words."""

    question: Question
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read aloud for one purpose."""

    purpose: Purpose
    language: str
    version: int
    is_reviewed: bool  # a native speaker has read it
    passages: tuple[Passage, ...]


def reading(purpose: Purpose, language: str, version: int = NEWEST) -> Reading | None:
    """What is, or was, read for this purpose; None if there is no such version or language."""
    if language not in LANGUAGES or not 1 <= version <= NEWEST:
        return None
    book = _book(version)
    written = book["always"] | book["purposes"][purpose.value]
    passages = (Passage(one, written[one.value][language]) for one in Question)
    return Reading(purpose, language, version, book["reviewed"][language], tuple(passages))


@cache
def _book(version: int) -> dict[str, Any]:
    text = files("nyumbani.domain.consent").joinpath("texts", f"{version}.json")
    return dict(json.loads(text.read_text("utf-8")))

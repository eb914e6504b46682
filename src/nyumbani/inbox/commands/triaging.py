"""`nyumbani inbox triage FILE`: what the word lists suggest about messages, one a line.

Needs neither database nor keys, so that anybody can hold the lists against messages of their own.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from nyumbani.domain.languages import language_of
from nyumbani.domain.triage.proposing import assess
from nyumbani.kit.console import GOOD, CannotDo, say, say_json

TALK = 5  # lines that say together in which language somebody writes


def show(file: str, *, json: bool = False) -> int:
    """Print the level, the language and the words found of each line of a file, or of `-`."""
    before: list[str] = []
    for line in _lines(file):
        text = line.rstrip("\r\n")
        if not text.strip():
            continue
        before = [*before, text][-TALK:]
        language = language_of(before).code
        judged = assess(text, language)
        hits = [
            {
                "words": hit.words, "start": hit.start, "end": hit.end, "language": hit.language,
                "category": hit.category.value, "level": hit.level.name,
                "settings": sorted(setting.value for setting in hit.settings),
            }
            for hit in judged.hits
        ]  # fmt: skip
        if json:
            say_json({"level": judged.mark.name, "language": language, "hits": hits})
        else:
            words = ", ".join(f"“{hit.words}”" for hit in judged.because)
            say(f"{judged.mark.name} {language}: {words or '–'}")
    return GOOD


def _lines(file: str) -> Iterable[str]:
    if file == "-":
        yield from sys.stdin
        return
    try:
        with Path(file).open(encoding="utf-8", errors="replace") as opened:
            yield from opened
    except OSError as error:
        raise CannotDo(f"{file} cannot be read: {error.strerror}") from None

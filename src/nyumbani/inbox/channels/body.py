"""From the bytes of a webhook to a JSON tree that can be walked and stored.

Whatever comes is made safe here once: no later line meets NaN, a number too long for a database,
a lone surrogate, a NUL or nesting that exhausts the stack.
"""

import hashlib
import json
import math
import re
from dataclasses import dataclass

from nyumbani.kit.phrases import gettext_noop

DEEPEST = 40  # levels of nesting that are read; the platforms use eleven
LONGEST_NUMBER = 18  # digits that fit a 64-bit column; a longer number stays text
REPEATED = " (repeated)"  # ends the name under which earlier values of a repeated name are kept
TOO_DEEP = "(nested too deeply; see the journal)"

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_ESCAPE_TO_MEND = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_CANNOT_BE_STORED = re.compile("[\x00\ud800-\udfff]")


class Malformed(ValueError):
    """The body is not JSON; the text says where it stops being so."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body that could be read, and what had to be mended for that."""

    tree: object
    notes: tuple[str, ...] = ()


def digest(body: bytes) -> str:
    """SHA-256 of the raw bytes, as lower-case hex: what an unreadable body is known by."""
    return hashlib.sha256(body).hexdigest()


def load(body: bytes) -> Body:
    """Read one JSON body; raises Malformed, and nothing else, whatever the bytes are."""
    text, notes = _decoded(body)
    text, deep = _without_depths(text)
    reader = _Reader()
    try:
        tree = json.loads(
            text,
            strict=False,  # a raw line break inside a text is no reason to lose the body
            object_pairs_hook=reader.named,
            parse_int=_whole,
            parse_float=_fraction,
            parse_constant=str,  # NaN and Infinity are not JSON: keep the word
        )
    except ValueError as error:
        raise Malformed(str(error)) from None
    if "\x00" in text or _ESCAPE_TO_MEND.search(text):
        tree = reader.mended(tree)
    return Body(tree, (*notes, *deep, *sorted(reader.notes)))


def _decoded(body: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return body.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return body.decode("utf-8-sig", "replace"), (
            gettext_noop("bytes that are not UTF-8 were replaced"),
        )


def _without_depths(text: str) -> tuple[str, tuple[str, ...]]:
    """Cut out what is nested deeper than DEEPEST, so that its neighbours can still be read."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return text, ()
    kept: list[str] = []
    depth, copied = 0, 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "[{":
            depth += 1
            if depth == DEEPEST + 1:
                kept.append(text[copied : token.start()] + json.dumps(TOO_DEEP))
                copied = len(text)  # until the branch is closed again
        elif sign in "]}":
            if depth == DEEPEST + 1:
                copied = token.end()
            depth -= 1
    if not kept:
        return text, ()
    return "".join(kept) + text[copied:], (
        gettext_noop("nested too deeply: part of it was left out"),
    )


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


def _fraction(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits


class _Reader:
    """Builds objects, and remembers what it had to mend."""

    def __init__(self) -> None:
        self.notes: set[str] = set()

    def named(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        """An object; where a name stands twice nothing is lost.

        Lists under the same name are joined. Otherwise the last value counts, as for every other
        reader, and the earlier ones stand in a list named "<name> (repeated)".
        """
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        for name in list(found):
            values = [value for other, value in pairs if other == name]
            if all(isinstance(value, list) for value in values):
                found[name] = [item for value in values for item in value]  # type: ignore[attr-defined]
            elif len(values) > 1:
                found[name + REPEATED] = values[:-1]
        return found

    def mended(self, value: object) -> object:
        """The same tree without characters that neither database nor UTF-8 can hold."""
        if isinstance(value, str):
            return self._words(value)
        if isinstance(value, list):
            return [self.mended(item) for item in value]
        if isinstance(value, dict):
            return self.named([(self._words(k), self.mended(v)) for k, v in value.items()])
        return value

    def _words(self, words: str) -> str:
        mended = _CANNOT_BE_STORED.sub("\ufffd", words)
        if mended != words:
            self.notes.add(gettext_noop("characters that cannot be stored were replaced"))
        return mended

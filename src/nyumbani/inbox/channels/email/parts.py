"""The parts of a letter: its words, and the files it brings."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from nyumbani.inbox.channels.email.charsets import storable, words_of
from nyumbani.inbox.channels.email.headers import decoded
from nyumbani.inbox.channels.email.letters import Letter, opened
from nyumbani.inbox.channels.email.pages import words_in
from nyumbani.inbox.channels.events import Content, Media
from nyumbani.kit.phrases import gettext_noop

MOST = 300  # parts that are looked at
LARGEST_FILE = 30 * 1024 * 1024  # bytes
LONGEST_TEXT = 200_000  # characters
CUT = gettext_noop("very long: the end is only in the journal")
TOO_MANY = gettext_noop("more parts than are looked at: the rest is only in the journal")
BREAKS_OFF = gettext_noop("the letter breaks off before its end")
MISSHAPEN = gettext_noop("the letter is not well formed: something in it may be missing here")
ENCRYPTED = gettext_noop("encrypted: it cannot be read here")
AS_PAGE = gettext_noop("its plain words say less than its page: the page is shown")
_BREAKING = ("CloseBoundaryNotFoundDefect", "StartBoundaryNotFoundDefect")
_SECRET = frozenset({
    "multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime",
})  # fmt: skip
_HOLDS = {"image": Content.IMAGE, "audio": Content.AUDIO, "video": Content.VIDEO}


@dataclass(frozen=True, slots=True)
class Part:
    """One part that holds no others; `choice` is which set of alternatives it belongs to."""

    number: int
    letter: Letter
    choice: int | None

    @property
    def kind(self) -> str:
        """Its type, such as "text/plain"."""
        return self.letter.kind

    @property
    def is_words(self) -> bool:
        """Whether it is part of what she wrote rather than a file beside it."""
        named = self.letter.filename or self.letter.is_attached
        return self.kind in {"text/plain", "text/html"} and not named

    def content(self) -> bytes:
        """Its bytes, unpacked; a letter inside the letter as a file of its own."""
        inner = self.letter.inner
        return b"\r\n".join(_written(one) for one in inner) if inner else self.letter.content()

    def words(self) -> tuple[str, tuple[str, ...]]:
        """What it says, and what a reader should know of that."""
        return words_of(self.content(), self.letter.charset)


@dataclass(frozen=True, slots=True)
class Held:
    """What a letter holds."""

    text: str
    files: tuple[Media, ...]
    notes: tuple[str, ...]


def parts_of(letter: Letter) -> list[Part]:
    """The parts that hold no others, in order; a letter inside the letter is one of them."""
    found: list[Part] = []
    waiting: list[tuple[Letter, int | None]] = [(letter, None)]
    choices = 0
    while waiting and len(found) < MOST:
        one, choice = waiting.pop()
        if one.kind.startswith("multipart/") and one.inner:
            if one.kind == "multipart/alternative":
                choices += 1
                choice = choices
            waiting.extend((each, choice) for each in reversed(one.inner))
        else:
            found.append(Part(len(found), one, choice))
    return found


def held_by(letter: Letter) -> Held:
    """The words and files of a letter."""
    parts = parts_of(letter)
    text, notes = _text_of([part for part in parts if part.is_words])
    files = tuple(_file(part) for part in parts if not part.is_words)
    if len(text) > LONGEST_TEXT:
        text, notes = text[:LONGEST_TEXT], [*notes, CUT]
    return Held(text, files, tuple(dict.fromkeys([*notes, *_remarks(letter, parts)])))


def enclosed(raw: bytes, number: str) -> bytes | None:
    """The file that `Media.provider_id` names; None if it is too large or not there."""
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        return None
    parts = parts_of(opened(raw))
    if int(number) >= len(parts):
        return None
    content = parts[int(number)].content()
    return content if len(content) <= LARGEST_FILE else None


def _text_of(parts: list[Part]) -> tuple[str, list[str]]:
    notes: list[str] = []
    plain = {part.number: _said(part, notes) for part in parts if part.kind == "text/plain"}
    by_choice: dict[int | None, str] = {}
    for part in parts:
        if part.number in plain:
            by_choice[part.choice] = by_choice.get(part.choice, "") + plain[part.number]
    found: list[str] = []
    for part in parts:
        if part.number in plain:
            found.append(plain[part.number])
            continue
        page = words_in(_said(part, notes))
        other = by_choice.get(part.choice, "") if part.choice is not None else ""
        if not other.strip():
            found.append(page)
        elif len(page) > 3 * len(other) + 200:  # "your program shows no pages"
            found.append(page)
            notes.append(AS_PAGE)
    return "\n\n".join(one.strip() for one in found if one.strip()), notes


def _said(part: Part, notes: list[str]) -> str:
    words, remarks = part.words()
    notes.extend(remarks)
    return words.replace("\r\n", "\n").replace("\r", "\n")


def _file(part: Part) -> Media:
    content = part.content()
    kind = part.kind
    name = decoded(part.letter.filename)
    return Media(
        content=_HOLDS.get(kind.partition("/")[0], Content.DOCUMENT),
        mime_type=storable(kind)[:100],
        provider_id=str(part.number),
        sha256=hashlib.sha256(content).hexdigest(),
        filename=name[:200],
        size=len(content),
    )


def _remarks(letter: Letter, parts: list[Part]) -> Iterable[str]:
    defects = {type(one).__name__ for one in letter.defects}
    defects.update(type(one).__name__ for part in parts for one in part.letter.defects)
    if len(parts) >= MOST:
        yield TOO_MANY
    if defects & set(_BREAKING):
        yield BREAKS_OFF
    elif defects:
        yield MISSHAPEN
    if _SECRET & {letter.kind, *(part.kind for part in parts)}:
        yield ENCRYPTED


def _written(letter: Letter) -> bytes:
    try:
        return letter.as_bytes()
    except (ValueError, TypeError, LookupError):  # its headers cannot be written again
        return letter.content()

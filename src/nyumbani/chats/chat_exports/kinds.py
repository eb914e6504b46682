"""What a line of an export is: words of a person, or WhatsApp's own words about something else."""

import re
from enum import StrEnum

from nyumbani.chats.chat_exports import words
from nyumbani.chats.chat_exports.marks import bare

MARK = "\u200e"
_LONGEST_PHRASE = 300  # characters; a longer line is somebody's own words
_BEGINNING = 6  # characters by which WhatsApp's own words are known from nearly all others
_OWN = frozenset(
    one[:_BEGINNING]
    for phrases in (words.OMITTED, words.DELETED, words.CALLS, words.DELETED_BY)
    for one in phrases
)
_ODD_START, _ODD_END = "<" + MARK, ">)"
_IN_SIGNS = re.compile(r"<[^<>\n]{3,60}>")
_NAMED_IN_SIGNS = re.compile(r"(?:^|\s)<[^<>:：\n]{2,30}[:：] ?([^<>\n]{1,255}\.\w{2,5})>")
_FILE = re.compile(r"(.{1,255}\.\w{2,5}) \((\w[^()\n]{2,40})\)$")


class Kind(StrEnum):
    """What stands there."""

    MESSAGE = "message"
    SYSTEM = "system"  # WhatsApp about the group: no person said it
    MEDIA = "media"  # a file, attached or left out
    DELETED = "deleted"
    EDITED = "edited"
    CALL = "call"
    UNPARSED = "unparsed"  # bytes no header stands before


def is_plain(text: str) -> bool:
    """Whether a line is surely somebody's own words: the short way for nearly every line."""
    return (
        bool(text)
        and text[0] not in _ODD_START
        and text[-1] not in _ODD_END
        and text[:_BEGINNING] not in _OWN
        and "\n" not in text
        and "\r" not in text
        and MARK not in text
    )


def kind_of(text: str) -> tuple[Kind, tuple[str, ...], bool]:
    """Kind, the names of its files, and whether WhatsApp's words are known to us."""
    plain, is_marked = bare(text).strip(), text.startswith(MARK)
    kind = _known(plain, is_marked=is_marked)
    if kind is not None:
        return kind, (), True
    named = _files_in(plain)
    if named is not None:
        return Kind.MEDIA, named[0], named[1]
    if is_marked and plain:
        is_special = plain.startswith(words.SPECIAL) or "https://maps.google.com/" in plain
        return (Kind.MESSAGE, (), True) if is_special else (Kind.SYSTEM, (), False)
    is_in_signs = _IN_SIGNS.fullmatch(plain) is not None
    return (Kind.MEDIA if is_in_signs else Kind.MESSAGE), (), not is_in_signs


def _known(plain: str, *, is_marked: bool) -> Kind | None:
    if plain.rstrip(".").endswith(words.EDITED) or plain.endswith(words.EDITED):
        return Kind.EDITED
    if len(plain) > _LONGEST_PHRASE:
        return None
    if plain in words.DELETED or plain.startswith(words.DELETED_BY):
        return Kind.DELETED
    with_more = words.CALL_WITH_MORE if is_marked else words.CALL_UNMARKED
    if plain in words.CALLS or with_more.match(plain):
        return Kind.CALL
    return Kind.MEDIA if plain in words.OMITTED else None


def _files_in(plain: str) -> tuple[tuple[str, ...], bool] | None:
    first = plain.split("\n", 1)[0]
    named = words.ATTACHED_NAMED.search(plain)
    if named is not None:
        return tuple(one for one in named.groups() if one), True
    if first.endswith(words.ATTACHED):
        ending = next(one for one in words.ATTACHED if first.endswith(one))
        return (first.removesuffix(ending),), True
    file = _FILE.match(first)
    if file is not None:
        return (file[1],), False
    inside = _NAMED_IN_SIGNS.search(plain)
    return ((inside[1],), False) if inside is not None else None

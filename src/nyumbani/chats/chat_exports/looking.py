"""The long way for the few lines that may be WhatsApp's own words, or hold more than one line."""

import re

from nyumbani.chats.chat_exports import headers
from nyumbani.chats.chat_exports.kinds import MARK, Kind, kind_of
from nyumbani.chats.chat_exports.marks import bare
from nyumbani.chats.chat_exports.said import HEADER_INSIDE, ONCE, UNKNOWN_WORDS, Said
from nyumbani.chats.chat_exports.survey import Survey

_QUOTES = re.compile('["“”„«»]')
_OPENING, _CLOSING = re.compile("[“„«]"), re.compile("[”»]")
_LINE_BREAK = re.compile(r"[\r\n]")


class Looker:
    """Looks at single lines with what is known of the whole export."""

    def __init__(self, found: Survey) -> None:
        self.found = found
        self.header = found.form.pattern().search if found.form else None
        # A group called "A: b" looks as if "A" had written "b: …".
        first, colon, rest = found.title.partition(": ")
        self.of_group = (first, f"{rest}: {MARK}") if colon else None

    def look(self, said: Said) -> Said:
        """The same message with its kind, its files and what is to be said about it."""
        sender, text = said.sender or "", said.text
        if is_about_a_name(sender, is_once=ONCE in said.flags):
            # `Amina changed the subject from "A" to "B: c"`: the colon is the subject's.
            return _of_nobody(said, f"{sender}: {text}")
        if self.of_group and sender == self.of_group[0] and text.startswith(self.of_group[1]):
            return _of_nobody(said, text.split(MARK, 1)[1])
        kind, media, is_known = kind_of(text)
        if kind is Kind.SYSTEM and self._is_the_groups(sender, bare(text).strip()):
            return _of_nobody(said, text)
        flags = said.flags if is_known else (*said.flags, UNKNOWN_WORDS)
        if self._has_header_inside(text):
            flags = (*flags, HEADER_INSIDE)
        if kind is Kind.SYSTEM:  # of a person, in a language we lack: she is not taken from it
            kind = Kind.MESSAGE
        return said._replace(kind=kind, flags=flags, media=media)

    def _is_the_groups(self, sender: str, words: str) -> bool:
        """Whether WhatsApp's own words say something of the group, and not what a person sent.

        On iOS they stand under the group's name, under which nobody writes, or begin with the
        name of her whom they tell of.
        """
        return sender in self.found.unspoken or words.startswith(sender)

    def _has_header_inside(self, text: str) -> bool:
        """Whether a line after the first looks like a header, of this telephone or another."""
        at = _LINE_BREAK.search(text)
        if at is None:
            return False
        lines = text[at.start() :].replace("\r", "\n")
        return bool(headers.ANY.search(lines)) or bool(self.header and self.header(lines.encode()))


def _of_nobody(said: Said, text: str) -> Said:
    flags = tuple(flag for flag in said.flags if flag != ONCE)
    return said._replace(sender=None, text=bare(text).strip(), kind=Kind.SYSTEM, flags=flags)


def is_about_a_name(sender: str, *, is_once: bool) -> bool:
    """Whether what stands before the colon is a sentence with a name begun in quotation marks."""
    if not _QUOTES.search(sender):
        return False
    is_open = len(_OPENING.findall(sender)) != len(_CLOSING.findall(sender))
    return is_once or is_open or sender.count('"') % 2 == 1

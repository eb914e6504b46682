"""Who wrote in an export, how often and when: what "this is …" is proposed from."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import phonenumbers

from nyumbani.chats.chat_exports.kinds import Kind
from nyumbani.chats.chat_exports.said import Said

MOST_WRITERS = 20_000  # a group has at most some thousand members; a hostile file may claim more
_NUMBER = re.compile(r"\+?[\d\s().\-\u2010-\u2015\u00a0\u202f]{6,30}")


@dataclass(slots=True)
class Writer:
    """One name as it stands in the file."""

    name: str
    number: str  # E.164 if the name is a telephone number, otherwise empty
    is_own_word: bool  # "~ Amina": what she calls herself, saved by nobody on that telephone
    lines: int = 0
    first: dt.datetime | None = None
    last: dt.datetime | None = None


class Roster:
    """Fills itself as messages pass by."""

    def __init__(self, title: str = "") -> None:
        self.title = title  # of the group; empty where nothing says it
        self.by_name: dict[str, Writer] = {}
        self.kinds: dict[Kind, int] = dict.fromkeys(Kind, 0)
        self.unlisted = 0  # lines of those beyond MOST_WRITERS

    def watch(self, said: Iterable[Said]) -> Iterator[Said]:
        """Pass messages on unchanged and note who wrote them."""
        for one in said:
            self.note(one)
            yield one

    def note(self, said: Said) -> None:
        """Note one message."""
        self.kinds[said.kind] += 1
        if said.sender is None:
            return
        writer = self.by_name.get(said.sender)
        if writer is None:
            if len(self.by_name) >= MOST_WRITERS:
                self.unlisted += 1
                return
            writer = self.by_name[said.sender] = _writer(said.sender)
            writer.first = said.sent_at
        writer.lines += 1
        writer.last = said.sent_at

    @property
    def writers(self) -> list[Writer]:
        """Those who wrote most come first."""
        return sorted(self.by_name.values(), key=lambda one: (-one.lines, one.name))


def number_in(name: str) -> str:
    """A name that is a telephone number, as E.164; empty if it is none or lacks its country."""
    if not _NUMBER.fullmatch(name):
        return ""
    try:
        number = phonenumbers.parse(name)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _writer(name: str) -> Writer:
    is_own_word = name.startswith("~")
    return Writer(name, number_in(name), is_own_word)

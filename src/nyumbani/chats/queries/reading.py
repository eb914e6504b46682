"""The lines of a chat as a page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from nyumbani.accounts.viewers import Viewer
from nyumbani.chats import queries
from nyumbani.chats.models import ChatFile, ChatLine
from nyumbani.chats.queries.roster import called
from nyumbani.chats.terms import NOBODYS, Flag, LineKind
from nyumbani.people.queries import Called


@dataclass(frozen=True, slots=True)
class Told:
    """One line: who that is as far as it was said, its files, and what is doubtful."""

    line: ChatLine
    person: Called | None
    files: list[ChatFile]
    flags: tuple[Flag, ...]
    is_nobodys: bool
    is_one_off: bool
    is_without_file: bool


def told(viewer: Viewer, lines: Sequence[ChatLine]) -> list[Told]:
    """These lines; as many queries for sixty as for one."""
    files = queries.files_of(viewer, lines)
    senders = [line.sender for line in lines if line.sender]
    people = called(viewer, {one.person_id for one in senders if one.person_id})
    return [_told(line, files.get(line.pk, []), people) for line in lines]


def _told(line: ChatLine, files: list[ChatFile], people: dict[str, Called]) -> Told:
    sender = line.sender
    return Told(
        line,
        people.get(sender.person_id or "") if sender else None,
        files,
        tuple(Flag(one) for one in line.flags if one in Flag.values),
        is_nobodys=line.kind in NOBODYS,
        is_one_off=bool(sender and sender.is_one_off),
        is_without_file=line.kind == LineKind.MEDIA and not files,
    )

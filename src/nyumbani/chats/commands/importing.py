"""`nyumbani inbox import-export` without --dry-run: the chat is sealed, read and counted.

It is read here, with progress; a worker takes it over some minutes later if this breaks off.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from nyumbani.cases.models.case import Case
from nyumbani.chats import reader
from nyumbani.chats.actions.bringing import Brought, TooLarge, bring_in
from nyumbani.chats.chat_exports.moments import Order
from nyumbani.chats.models import ChatExport, ChatFile, ChatSender
from nyumbani.chats.terms import LARGEST, DateOrder, ExportState, FileKeeping
from nyumbani.kit.console import GOOD, CannotDo, Misuse, say, say_json, some
from nyumbani.kit.doer import System
from nyumbani.kit.progress import measured

OPERATOR = System("operator")
_CASE = re.compile(r"(?:NYB-?)?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Result:
    """What became of a file; ids, numbers, and the names of files that are not kept one by one."""

    chat: str
    export: str
    new: int
    already: int
    senders: int
    files: int
    refused: list[dict[str, str]]


def take_in(file: Path, *, zone: str, order: Order | None, case: str, json: bool) -> int:
    """Bring an export into the house; the same bytes twice are said to be here already."""
    brought = _brought(file, zone, order, _case(case))
    is_here = brought.export.state == ExportState.DONE
    if not is_here:  # one that another reading has begun is read to its end all the same
        with measured("Reading the chat") as progress:
            reader.read(brought.export.pk, progress=progress)
    export = ChatExport.objects.get(pk=brought.export.pk)
    if export.state == ExportState.FAILED:
        raise CannotDo(str(export.why))
    result = _result(export, is_here=is_here)
    if json:
        say_json({name: getattr(result, name) for name in _Result.__slots__})
    else:
        _say(result, is_here=is_here)
    return GOOD


def _brought(file: Path, zone: str, order: Order | None, case: Case | None) -> Brought:
    told = DateOrder(order) if order else None
    try:
        return bring_in(
            source=file, name=file.name, zone=zone, case=case, order=told, here=True, by=OPERATOR
        )
    except TooLarge:
        raise CannotDo(
            f"{file} is larger than {LARGEST >> 20} MiB; export the chat again, without media"
        ) from None


def _case(given: str) -> Case | None:
    if not given:
        return None
    fits = _CASE.fullmatch(given.strip())
    if fits is None:
        raise Misuse(f"--case {given}: write it as NYB-7")
    case = Case.objects.filter(number=int(fits[1])).first()
    if case is None:
        raise CannotDo(f"there is no case {given}; nothing was brought in")
    return case


def _result(export: ChatExport, *, is_here: bool) -> _Result:
    files = ChatFile.objects.filter(export=export)
    new, known = export.lines_new, export.lines_known
    refused = files.filter(keeping=FileKeeping.REFUSED)
    return _Result(
        chat=export.chat_id or "", export=export.pk, new=0 if is_here else new,
        already=new + known if is_here else known,
        senders=ChatSender.objects.filter(chat=export.chat_id).count(),
        files=files.filter(keeping=FileKeeping.KEPT).count(),
        refused=[{"name": one.name, "why": one.why} for one in refused],
    )  # fmt: skip


def _say(result: _Result, *, is_here: bool) -> None:
    if is_here:
        say(f"This file is already here: chat {result.chat}. Nothing was taken twice.")
        return
    say(
        f"Chat {result.chat}: {some(result.new, 'line')} new, {result.already} already here;"
        f" {some(result.senders, 'name')}, {some(result.files, 'file')} sealed."
    )
    for one in result.refused:
        say(f"Only in the sealed original: {one['name']}: {one['why']}")

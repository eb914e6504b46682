"""Reads one file that was brought in: opened privately, looked over, kept some lines at a time.

It may be killed at any moment and run again, and gives the same rows. Each step is a short
transaction of its own, so that others can write meanwhile.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop

from nyumbani.chats.actions import files, finding, reading
from nyumbani.chats.actions.matching import Known, Recognizer
from nyumbani.chats.actions.reading import NoLonger, Stretch
from nyumbani.chats.chat_exports.container import Attached, BadExport, Export, open_export
from nyumbani.chats.chat_exports.moments import Order
from nyumbani.chats.chat_exports.reading import messages
from nyumbani.chats.chat_exports.survey import Survey, survey
from nyumbani.chats.models import ChatExport
from nyumbani.chats.terms import (
    BATCH,
    LARGEST_FILE,
    MOST_LINES,
    MOST_OF_FILES,
    MOST_SENDERS,
)
from nyumbani.kit.doer import Doer, System
from nyumbani.vault.envelope import CannotOpen
from nyumbani.vault.files import SealedFile, opened_file, private_folder

READER = System("chats")
_CHUNK = 256 << 10

NO_CHAT = gettext_noop("No line of this file looks like the beginning of a message.")
TOO_LONG = gettext_noop("The file holds more messages than WhatsApp ever writes into one.")
TOO_MANY = gettext_noop("The file holds more names than a group can have.")
UNOPENED = gettext_noop("The sealed original does not open any more.")
FILE_TOO_LARGE = gettext_noop("too large to be kept by itself")
FILES_TOO_LARGE = gettext_noop("the files together are too large to be kept one by one")
FILE_NOT_AS_SAID = gettext_noop("not what the zip says it is")


def _silent(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""


@dataclass(slots=True)
class _Reading:
    """One file in the hands of its reader."""

    export: ChatExport
    by: Doer
    progress: Callable[[int, int], None]
    line_of: dict[str, str] = field(default_factory=dict)  # the name of a file → the line's row


class _Refused(Exception):
    """The file cannot be read; the text is one sentence that says why."""


def read(
    export_id: str, *, by: Doer = READER, progress: Callable[[int, int], None] = _silent
) -> None:
    """Read a file to its end, or to where it must be asked about, is refused, or was stopped."""
    try:
        export = reading.begin(export_id=export_id, by=by)
        _read(_Reading(export, by, progress))
    except NoLonger:
        return


def _read(it: _Reading) -> None:
    export = it.export
    sealed = SealedFile(export.path, export.sha256, export.size)
    try:
        with (
            opened_file(sealed, export.seal_scope) as plain,
            open_export(plain, export.name) as opened,
        ):
            found = survey(opened.chat, order=Order(export.order) if export.order else None)
            _check(found)
            if not found.is_sure:
                orders = [order.value for order in (found.order, *found.others)]
                reading.ask(export=export, example=found.example, orders=orders, by=it.by)
                return
            _keep(it, opened, found)
    except CannotOpen:
        reading.refuse(export=export, why=UNOPENED, by=it.by)
    except (BadExport, _Refused) as error:
        reading.refuse(export=export, why=str(error), by=it.by)


def _check(found: Survey) -> None:
    if found.form is None:
        raise _Refused(NO_CHAT)
    if found.headers > MOST_LINES:
        raise _Refused(TOO_LONG)
    if len(found.writers) > MOST_SENDERS:
        raise _Refused(TOO_MANY)


def _keep(it: _Reading, opened: Export, found: Survey) -> None:
    title = found.title or opened.title
    it.progress(0, opened.chat_size)
    chat = finding.chat_of(
        export=it.export, title=title, lines=lambda: _lines(it.export, opened, found)
    )
    it.export = reading.settle(
        export=it.export, chat=chat, title=title, text_bytes=opened.chat_size, by=it.by
    )
    _keep_lines(it, opened, found)
    _keep_files(it, opened.media)
    reading.finish(export=it.export, by=it.by)


def _lines(export: ChatExport, opened: Export, found: Survey) -> Iterator[Known]:
    recognize = Recognizer().known
    return map(recognize, messages(opened.chat, found, zone=ZoneInfo(export.zone)))


def _keep_lines(it: _Reading, opened: Export, found: Survey) -> None:
    lines, after = _lines(it.export, opened, found), None
    known_until = finding.known_until(export=it.export)
    while some := list(islice(lines, BATCH)):
        stretch = Stretch(some, after, known_until)
        kept = reading.keep_lines(export=it.export, stretch=stretch, by=it.by)
        for said, digest in some:
            after = said.sent_at or after
            for name in said.media:
                if name in opened.media:
                    it.line_of.setdefault(name, kept.ids[digest])
        it.progress(some[-1].said.byte_end, opened.chat_size)


def _keep_files(it: _Reading, media: Mapping[str, Attached]) -> None:
    room = MOST_OF_FILES
    for number, (name, file) in enumerate(media.items(), start=1):
        if not files.is_listed(export=it.export, name=name):
            room -= _keep_file(it, file, room)
        it.progress(number, len(media))


def _keep_file(it: _Reading, file: Attached, room: int) -> int:
    """Seal one file, or list why not; returns how many bytes it took."""
    line_id = it.line_of.get(file.name)
    why = FILE_TOO_LARGE if file.size > LARGEST_FILE else ""
    why = why or (FILES_TOO_LARGE if file.size > room else "")
    if not why:
        with private_folder() as folder:
            plain = folder / "opened"
            try:
                sha256 = _taken_out(file, plain)
            except BadExport:
                why = FILE_NOT_AS_SAID
            else:
                files.keep_file(
                    export=it.export, name=file.name, plain=plain, sha256=sha256, line_id=line_id,
                    by=it.by,
                )  # fmt: skip
                return file.size
    files.refuse_file(
        export=it.export, name=file.name, size=file.size, why=why, line_id=line_id, by=it.by
    )
    return 0


def _taken_out(file: Attached, to: Path) -> str:
    digest = hashlib.sha256()
    with file.open() as stream, to.open("wb") as out:
        while more := stream.read(_CHUNK):
            digest.update(more)
            out.write(more)
    return digest.hexdigest()

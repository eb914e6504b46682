"""What a file says becomes rows, some lines at a time; done twice it gives the same rows.

Lines take their ids from what they are and are known again by digest. So a reading that was broken
off simply begins anew, and a longer export of the same chat adds what is new in it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from nyumbani.audit.actions import record
from nyumbani.chats.actions.counting import count_again
from nyumbani.chats.actions.matching import Known, name_digest, title_digest
from nyumbani.chats.chat_exports.roster import number_in
from nyumbani.chats.chat_exports.said import AMBIGUOUS_DATE, ONCE
from nyumbani.chats.models import Chat, ChatExport, ChatLine, ChatSender
from nyumbani.chats.terms import ExportState, Flag
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import Doer
from nyumbani.vault.fields import share_keys

_PLACES = 10**10  # more than a text has bytes
_OF_THE_FILE = {ONCE, AMBIGUOUS_DATE}  # said of the sender, and asked before anything is kept


class NoLonger(Exception):
    """The reading was stopped, or somebody else has finished it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines of an export that follow each other."""

    lines: Sequence[Known]
    after: dt.datetime | None  # the time of the line before, if any
    known_until: dt.datetime | None  # up to when earlier exports of the chat say something


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of some lines."""

    new: int
    known: int
    ids: dict[str, str]  # the row of each line, by digest


@transaction.atomic
def begin(*, export_id: str, by: Doer) -> ChatExport:
    """Take a file up to read it; raises `NoLonger` where there is nothing to read."""
    record(by=by, verb="chat.reading_begun", about=f"export:{export_id}")
    row = _reading(export_id, ExportState.WAITING, ExportState.READING)
    row.state, row.read_bytes, row.lines_new, row.lines_known = ExportState.READING, 0, 0, 0
    row.save(update_fields=["state", "read_bytes", "lines_new", "lines_known"])
    return row


@transaction.atomic
def ask(*, export: ChatExport, example: str, orders: Sequence[str], by: Doer) -> None:
    """Ask in which order day and month stand: the file leaves it open, and nobody guesses."""
    record(by=by, verb="chat.dates_asked", about=f"export:{export.pk}")
    row = _reading(export.pk, ExportState.READING)
    row.state, row.question = ExportState.ASKING, {"example": example, "orders": list(orders)}
    row.save(update_fields=["state", "question"])


@transaction.atomic
def refuse(*, export: ChatExport, why: str, by: Doer) -> None:
    """Write down why a file cannot be read; the sealed original stays."""
    record(by=by, verb="chat.refused", about=f"export:{export.pk}")
    row = _reading(export.pk, ExportState.READING)
    row.state, row.why = ExportState.FAILED, why
    row.save(update_fields=["state", "why"])


@transaction.atomic
def settle(
    *, export: ChatExport, chat: Chat | None, title: str, text_bytes: int, by: Doer
) -> ChatExport:
    """Say which chat this is an export of: one that is here, or a new one."""
    record(by=by, verb="chat.settled", about=f"export:{export.pk}", bytes=text_bytes)
    row = _reading(export.pk, ExportState.READING)
    row.text_bytes = text_bytes
    if row.chat_id is None:
        row.chat = chat or _new_chat(row, title)
        _call(row.chat, title)
        last = ChatExport.objects.filter(chat=row.chat).aggregate(last=Max("number"))["last"]
        row.number = (last or 0) + 1
    row.save(update_fields=["text_bytes", "chat", "number"])
    return row


@transaction.atomic
def keep_lines(*, export: ChatExport, stretch: Stretch, by: Doer) -> Kept:
    """Keep some lines; those that are here already stay as they are."""
    lines = stretch.lines
    record(by=by, verb="chat.lines_read", about=f"export:{export.pk}", count=len(lines))
    row = _reading(export.pk, ExportState.READING)
    # Two exports of one chat, read at once, take turns.
    Chat.objects.select_for_update().get(pk=row.chat_id)
    here = _here(row, [one.digest for one in lines])
    fresh = [one for one in lines if one.digest not in here]
    rows = _rows(row, fresh, _senders(row, fresh), stretch)
    share_keys(rows)
    ChatLine.objects.bulk_create(rows)
    mine = sum(export_id == row.pk for _, export_id in here.values())
    kept = Kept(
        len(rows) + mine, len(lines) - len(rows) - mine,
        {digest: pk for digest, (pk, _) in here.items()} | {one.digest: one.pk for one in rows},
    )  # fmt: skip
    row.read_bytes = lines[-1].said.byte_end
    row.lines_new, row.lines_known = row.lines_new + kept.new, row.lines_known + kept.known
    row.save(update_fields=["read_bytes", "lines_new", "lines_known"])
    return kept


@transaction.atomic
def finish(*, export: ChatExport, by: Doer) -> ChatExport:
    """Write down that a file was read to its last byte, and count who wrote."""
    record(by=by, verb="chat.read", about=f"export:{export.pk}")
    row = _reading(export.pk, ExportState.READING)
    row.state, row.done_at = ExportState.DONE, clock.now()
    row.save(update_fields=["state", "done_at"])
    count_again(chat_id=str(row.chat_id), by=by)
    return row


def _reading(export_id: str, *states: ExportState) -> ChatExport:
    row = ChatExport.objects.select_for_update(of=("self",)).filter(pk=export_id).first()
    if row is None or row.state not in states:
        raise NoLonger
    return row


def _new_chat(export: ChatExport, title: str) -> Chat:
    chat = Chat(
        seal_scope=export.seal_scope, title=title, title_digest=title_digest(title),
        case_id=export.case_id, brought_by_id=export.brought_by_id, brought_at=export.brought_at,
    )  # fmt: skip
    chat.save(force_insert=True)
    return chat


def _call(chat: Chat, title: str) -> None:
    """A chat that had no title takes the one of a later export."""
    if title and not chat.title:
        chat.title, chat.title_digest = title, title_digest(title)
        chat.save(update_fields=["title", "title_digest"])


def _here(export: ChatExport, digests: Sequence[str]) -> dict[str, tuple[str, str]]:
    rows = ChatLine.objects.filter(chat=export.chat_id, digest__in=digests).order_by()
    return {row[0]: (row[1], row[2]) for row in rows.values_list("digest", "pk", "export")}


def _senders(export: ChatExport, lines: Sequence[Known]) -> dict[str, str]:
    """The row of everybody who wrote these lines; who is new in the chat is written down."""
    names = dict.fromkeys(one.said.sender for one in lines if one.said.sender)
    digests = {name_digest(name): name for name in names}
    rows = ChatSender.objects.filter(chat=export.chat_id, name_digest__in=digests).order_by()
    found = {digests[digest]: pk for digest, pk in rows.values_list("name_digest", "pk")}
    fresh = [
        ChatSender(
            seal_scope=export.seal_scope, chat_id=str(export.chat_id), name=name,
            name_digest=digest, number=number_in(name),
        )
        for digest, name in digests.items()
        if name not in found
    ]  # fmt: skip
    share_keys(fresh)
    ChatSender.objects.bulk_create(fresh)
    return found | {one.name: one.pk for one in fresh}


def _rows(
    export: ChatExport, lines: Sequence[Known], senders: dict[str, str], stretch: Stretch
) -> list[ChatLine]:
    shown = _shown(stretch, export)
    taken = _moments_taken(export, [shown[one.digest] for one in lines], stretch)
    rows = []
    for said, digest in lines:
        at, sender = shown[digest], senders[said.sender] if said.sender else None
        flags = [flag for flag in said.flags if flag not in _OF_THE_FILE]
        if stretch.known_until and at <= stretch.known_until:
            flags.append(Flag.CHANGED if (sender, at) in taken else Flag.CAME_LATER)
        rows.append(ChatLine(
            id=ids.derived(at, f"{export.chat_id}{digest}".encode()),
            seal_scope=export.seal_scope, chat_id=str(export.chat_id), export=export,
            sender_id=sender, kind=said.kind, text=said.text, sent_at=said.sent_at, shown_at=at,
            place=(export.number or 0) * _PLACES + said.byte_start, byte_start=said.byte_start,
            byte_end=said.byte_end, flags=flags, digest=digest,
        ))  # fmt: skip
    return rows


def _shown(stretch: Stretch, export: ChatExport) -> dict[str, dt.datetime]:
    """When each line is shown: at its time, or at that of the line before."""
    times = (one.said.sent_at for one in stretch.lines if one.said.sent_at)
    at = stretch.after or next(times, export.brought_at)
    shown = {}
    for said, digest in stretch.lines:
        shown[digest] = at = said.sent_at or at
    return shown


def _moments_taken(
    export: ChatExport, shown: Sequence[dt.datetime], stretch: Stretch
) -> set[tuple[str | None, dt.datetime]]:
    """Who wrote when, in earlier exports, at the moments of these lines."""
    times = {at for at in shown if stretch.known_until and at <= stretch.known_until}
    rows = ChatLine.objects.filter(chat=export.chat_id, shown_at__in=times).order_by()
    return set(rows.exclude(export=export).values_list("sender", "shown_at"))

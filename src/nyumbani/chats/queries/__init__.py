"""Reading exported chats: every read begins with who looks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import Count, QuerySet, Sum

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases import queries as cases
from nyumbani.cases.models.case import Case
from nyumbani.cases.permissions import cases_joined_by
from nyumbani.cases.terms import OnlyLooks
from nyumbani.chats.models import Chat, ChatExport, ChatFile, ChatLine, ChatSender
from nyumbani.chats.permissions import chats_open_to
from nyumbani.chats.terms import ExportState, FileKeeping
from nyumbani.vault import datakeys

# Rows as pages hold them: pages never import tables.
OpenedChat: TypeAlias = Chat
BroughtExport: TypeAlias = ChatExport
Line: TypeAlias = ChatLine
Sender: TypeAlias = ChatSender


@dataclass(frozen=True, slots=True)
class ChatRow:
    """One line of the list of chats."""

    chat: Chat
    people: int
    messages: int
    is_whole: bool  # no export of it was stopped, or is still being read


def chats(viewer: Viewer) -> QuerySet[Chat]:
    """The chats the viewer may read, the last brought in first."""
    return Chat.objects.filter(chats_open_to(viewer)).select_related("case", "brought_by")


def chat(viewer: Viewer, chat_id: str) -> Chat | None:
    """One chat, if the viewer may read it."""
    return chats(viewer).filter(pk=chat_id).first()


def chats_in(viewer: Viewer, case: Case) -> QuerySet[Chat]:
    """The chats of a case."""
    return chats(viewer).filter(case=case)


def rows(viewer: Viewer, found: Sequence[Chat]) -> list[ChatRow]:
    """These chats as lines of a list; as many queries for fifty as for one."""
    if not viewer.may_read_cases:
        return []
    _warm(found)
    ids = [one.pk for one in found]
    tallies = ChatSender.objects.filter(chat__in=ids).order_by().values_list("chat")
    counts = {pk: (people, lines) for pk, people, lines in tallies.annotate(
        Count("pk"), Sum("lines"))}  # fmt: skip
    unread = ChatExport.objects.filter(chat__in=ids).exclude(state=ExportState.DONE)
    torn = set(unread.order_by().values_list("chat", flat=True))
    return [ChatRow(one, *counts.get(one.pk, (0, 0)), one.pk not in torn) for one in found]


def exports(viewer: Viewer) -> QuerySet[ChatExport]:
    """The files the viewer may know of, the last brought in first."""
    return ChatExport.objects.filter(chats_open_to(viewer)).select_related(
        "chat", "case", "brought_by"
    )


def unread_exports(viewer: Viewer) -> list[ChatExport]:
    """... of which those that are being read, ask something or were not read."""
    found = list(exports(viewer).exclude(state=ExportState.DONE)[:20])
    datakeys.warm(one.seal_scope for one in found)
    return found


def exports_of(viewer: Viewer, chat: Chat) -> list[ChatExport]:
    """The files a chat was brought in by, the first first."""
    return list(exports(viewer).filter(chat=chat).order_by("number"))


def export(viewer: Viewer, export_id: str) -> ChatExport | None:
    """One such file, if the viewer may know of it."""
    return exports(viewer).filter(pk=export_id).first()


def export_to_work_on(viewer: Viewer, export_id: str) -> ChatExport | None:
    """... to have it read or to stop that; raises `OnlyLooks` behind broken glass."""
    found = export(viewer, export_id)
    if found is not None and not _may_work(viewer, found.case):
        raise OnlyLooks
    return found


def may_work_on(viewer: Viewer, chat: Chat) -> bool:
    """Whether the viewer may say who is who in a chat they can read."""
    return _may_work(viewer, chat.case)


def may_work_on_export(viewer: Viewer, export: ChatExport) -> bool:
    """Whether the viewer may have a file read, or stop that, which they may know of."""
    return _may_work(viewer, export.case)


def cases_to_bring_into(viewer: Viewer) -> list[tuple[str, str]]:
    """The open cases the viewer works on, to choose from: id, and number with title."""
    found = list(cases.open_cases(viewer).filter(cases_joined_by(viewer))[:200])
    datakeys.warm(one.seal_scope for one in found)
    return [(one.pk, f"{one} {one.title}") for one in found]


def lines(viewer: Viewer, chat: Chat) -> QuerySet[ChatLine]:
    """What stands in a chat, by time; what stands at one moment as it stands in the file."""
    seen = chats(viewer).filter(pk=chat.pk).order_by().values("pk")
    return ChatLine.objects.filter(chat__in=seen).select_related("sender", "sender__person")


def senders(viewer: Viewer, chat: Chat) -> QuerySet[ChatSender]:
    """Who wrote in a chat, who wrote most first."""
    seen = chats(viewer).filter(pk=chat.pk).order_by().values("pk")
    rows = ChatSender.objects.filter(chat__in=seen)
    return rows.select_related("person", "decided_by", "chat", "chat__case")


def sender_to_work_on(viewer: Viewer, chat_id: str, sender_id: str) -> ChatSender | None:
    """One of them, to say who it is; raises `OnlyLooks` behind broken glass."""
    seen = chat(viewer, chat_id)
    if seen is not None and not may_work_on(viewer, seen):
        raise OnlyLooks
    return senders(viewer, seen).filter(pk=sender_id).first() if seen else None


def files_of(viewer: Viewer, found: Iterable[ChatLine]) -> dict[str, list[ChatFile]]:
    """The files of these lines."""
    by_line: dict[str, list[ChatFile]] = {}
    if viewer.may_read_cases:
        for row in ChatFile.objects.filter(line__in=[line.pk for line in found]):
            by_line.setdefault(str(row.line_id), []).append(row)
    return by_line


def files_in(viewer: Viewer, export: ChatExport) -> dict[FileKeeping, list[ChatFile]]:
    """The files that first came with an export: those kept and those refused."""
    found: dict[FileKeeping, list[ChatFile]] = {one: [] for one in FileKeeping}
    seen = exports(viewer).filter(pk=export.pk).order_by().values("pk")
    for row in ChatFile.objects.filter(export__in=seen):
        found[FileKeeping(row.keeping)].append(row)
    return found


def file(viewer: Viewer, file_id: str) -> ChatFile | None:
    """One file that is here by itself, if the viewer may read its chat."""
    seen = chats(viewer).order_by().values("pk")
    return ChatFile.objects.filter(chat__in=seen, pk=file_id, keeping=FileKeeping.KEPT).first()


def _may_work(viewer: Viewer, case: Case | None) -> bool:
    """In a case who works on it; without one, whoever may read it at all."""
    return case is None or cases.belongs_to(viewer, case)


def _warm(found: Sequence[Chat]) -> None:
    scopes = {one.seal_scope for one in found} | {
        one.case.seal_scope for one in found if one.case is not None
    }
    datakeys.warm(scopes)

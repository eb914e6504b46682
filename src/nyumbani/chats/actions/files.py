"""The files beside a chat: each sealed by itself, or listed with the reason why it is not."""

from pathlib import Path

from django.db import transaction

from nyumbani.audit.actions import record
from nyumbani.chats.actions.matching import name_digest
from nyumbani.chats.actions.reading import NoLonger
from nyumbani.chats.models import ChatExport, ChatFile
from nyumbani.chats.terms import ExportState, FileKeeping
from nyumbani.kit.doer import Doer
from nyumbani.vault.files import SealedFile, seal_file


def is_listed(*, export: ChatExport, name: str) -> bool:
    """Whether a former reading of this export has dealt with the file."""
    return ChatFile.objects.filter(export=export, name_digest=name_digest(name)).exists()


def keep_file(
    *, export: ChatExport, name: str, plain: Path, sha256: str, line_id: str | None, by: Doer
) -> bool:
    """Seal one file; False if the chat has it from an earlier export, to the last byte."""
    same = ChatFile.objects.filter(
        chat=export.chat_id, name_digest=name_digest(name), sha256=sha256
    ).first()
    if same is not None:
        if line_id and same.line_id is None:
            _say_whose(file=same, line_id=line_id, by=by)
        return False
    sealed = seal_file(plain, export.seal_scope)
    _list(export=export, name=name, sealed=sealed, line_id=line_id, by=by)
    return True


@transaction.atomic
def refuse_file(
    *, export: ChatExport, name: str, size: int, why: str, line_id: str | None, by: Doer
) -> None:
    """List a file that is not sealed by itself; it stays in the sealed original."""
    record(by=by, verb="chat.file_refused", about=f"export:{export.pk}", bytes=size)
    _must_still_be_read(export)
    row = ChatFile(
        seal_scope=export.seal_scope, chat_id=str(export.chat_id), export=export, line_id=line_id,
        name=name, name_digest=name_digest(name), size=size, keeping=FileKeeping.REFUSED, why=why,
    )  # fmt: skip
    row.save(force_insert=True)


@transaction.atomic
def _list(
    *, export: ChatExport, name: str, sealed: SealedFile, line_id: str | None, by: Doer
) -> None:
    record(by=by, verb="chat.file_kept", about=f"export:{export.pk}", sha256=sealed.sha256)
    _must_still_be_read(export)
    row = ChatFile(
        seal_scope=export.seal_scope, chat_id=str(export.chat_id), export=export, line_id=line_id,
        name=name, name_digest=name_digest(name), size=sealed.size, path=sealed.path,
        sha256=sealed.sha256, keeping=FileKeeping.KEPT,
    )  # fmt: skip
    row.save(force_insert=True)


@transaction.atomic
def _say_whose(*, file: ChatFile, line_id: str, by: Doer) -> None:
    record(by=by, verb="chat.file_placed", about=f"chat:{file.chat_id}")
    file.line_id = line_id
    file.save(update_fields=["line"])


def _must_still_be_read(export: ChatExport) -> None:
    if not ChatExport.objects.filter(pk=export.pk, state=ExportState.READING).exists():
        raise NoLonger

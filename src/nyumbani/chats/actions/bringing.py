"""A file is brought in: the original is sealed before anybody looks into it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.cases.models.case import Case
from nyumbani.chats.actions.counting import count_again
from nyumbani.chats.models import ChatExport
from nyumbani.chats.terms import LARGEST, PATIENCE, DateOrder, ExportState
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer
from nyumbani.vault import terms as scopes
from nyumbani.vault.files import SealedFile, seal_file

_STOPPED = gettext_noop("A colleague stopped the reading.")


class TooLarge(ValueError):
    """The file is larger than what is taken in."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file that was brought in."""

    export: ChatExport
    is_new: bool  # False: these very bytes are here already


def bring_in(
    *, source: Path, name: str, zone: str, by: Doer, case: Case | None = None,
    order: DateOrder | None = None, here: bool = False,
) -> Brought:  # fmt: skip
    """Seal a file and have it read; the same bytes are not taken twice.

    `here`: whoever asks reads it at once, and a worker does only if that breaks off. The sealing
    stands outside the transaction: it may take a minute, and nobody else could write meanwhile.
    """
    if source.stat().st_size > LARGEST:
        raise TooLarge
    with source.open("rb") as plain:
        sha256 = hashlib.file_digest(plain, "sha256").hexdigest()
    known = _known(sha256, case, by)
    if known is None:
        scope = scopes.case(case.pk) if case else scopes.HOUSE
        sealed = seal_file(source, scope)
        made = ChatExport(
            seal_scope=scope, case=case, brought_by_id=_staff(by), brought_at=clock.now(),
            name=name, path=sealed.path, sha256=sha256, size=sealed.size, zone=zone,
            order=order or "",
        )  # fmt: skip
        return _keep(export=made, sealed=sealed, by=by, here=here)
    return Brought(read_again(export=known, order=order, zone=zone, by=by, here=here), is_new=False)


@transaction.atomic
def _keep(*, export: ChatExport, sealed: SealedFile, by: Doer, here: bool) -> Brought:
    record(
        by=by, verb="chat.brought_in", about=f"export:{export.pk}", sha256=sealed.sha256,
        bytes=sealed.size,
    )  # fmt: skip
    known = _known(export.sha256, export.case, by)  # somebody was quicker, the same moment
    if known is not None:
        return Brought(known, is_new=False)
    export.save(force_insert=True)
    _have_read(export, by, here=here)
    return Brought(export, is_new=True)


@transaction.atomic
def read_again(
    *, export: ChatExport, by: Doer, order: DateOrder | None = None, zone: str = "",
    here: bool = False,
) -> ChatExport:  # fmt: skip
    """Have a file read that was refused or stopped, or that waits for the order of its dates.

    One that is read, or on its way, stays as it is. What was read before stays as well.
    """
    record(by=by, verb="chat.asked_for_again", about=f"export:{export.pk}")
    row = ChatExport.objects.select_for_update().get(pk=export.pk)
    answered = row.state == ExportState.ASKING and order is not None
    if row.state != ExportState.FAILED and not answered:
        return row
    row.state, row.why, row.question = ExportState.WAITING, None, None
    row.order = order or row.order
    if row.chat_id is None:  # no time has been read by the former zone yet
        row.zone = zone or row.zone
    row.save(update_fields=["state", "why", "question", "order", "zone"])
    _have_read(row, by, here=here)
    return row


@transaction.atomic
def answer(*, export: ChatExport, order: DateOrder, by: Actor) -> bool:
    """Say in which order day and month stand, so that reading goes on; whether it was still asked.

    Only what was asked can be answered: another order would read other days.
    """
    record(by=by, verb="chat.dates_told", about=f"export:{export.pk}", order=order.value)
    row = ChatExport.objects.select_for_update().get(pk=export.pk)
    if row.state != ExportState.ASKING or order not in row.question["orders"]:
        return False
    row.state, row.question, row.order = ExportState.WAITING, None, order
    row.save(update_fields=["state", "question", "order"])
    _have_read(row, by, here=False)
    return True


@transaction.atomic
def stop(*, export: ChatExport, by: Actor) -> bool:
    """Stop the reading; what was read stays, and the page says that it is not all."""
    record(by=by, verb="chat.reading_stopped", about=f"export:{export.pk}")
    row = ChatExport.objects.select_for_update().get(pk=export.pk)
    if row.state in {ExportState.DONE, ExportState.FAILED}:
        return False
    row.state, row.question, row.why = ExportState.FAILED, None, _STOPPED
    row.save(update_fields=["state", "question", "why"])
    if row.chat_id:
        count_again(chat_id=row.chat_id, by=by)
    return True


def _have_read(export: ChatExport, by: Doer, *, here: bool) -> None:
    later = clock.now() + PATIENCE if here else None
    enqueue(kind="chats.read", data={"export": export.pk}, by=by, not_before=later)


def _known(sha256: str, case: Case | None, by: Doer) -> ChatExport | None:
    holder = Q(case=case) if case else Q(case=None, brought_by=_staff(by))
    return ChatExport.objects.filter(holder, sha256=sha256).first()


def _staff(by: Doer) -> str | None:
    """Which colleague this is; None for a part of the system."""
    return by.staff_id if isinstance(by, Actor) else None

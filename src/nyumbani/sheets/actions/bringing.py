"""A list is brought in: the original is sealed before anybody looks into it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.cases.models.case import Case
from nyumbani.cases.terms import Part
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer
from nyumbani.sheets.models import BroughtSheet
from nyumbani.sheets.terms import SheetState
from nyumbani.sheets.workbooks.sheet import LARGEST
from nyumbani.vault import terms as scopes
from nyumbani.vault.files import SealedFile, seal_file


class TooLarge(ValueError):
    """The file is larger than what is taken in."""


class Busy(Exception):
    """People of this list are being added just now."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file that was brought in."""

    sheet: BroughtSheet
    is_new: bool  # False: these very bytes are in the case already


def bring_in(*, source: Path, name: str, case: Case, by: Doer) -> Brought:
    """Seal a file to its case; the same bytes are not taken twice."""
    if source.stat().st_size > LARGEST:
        raise TooLarge
    with source.open("rb") as plain:
        sha256 = hashlib.file_digest(plain, "sha256").hexdigest()
    known = BroughtSheet.objects.filter(case=case, sha256=sha256).first()
    if known is not None:
        return Brought(known, is_new=False)
    sealed = seal_file(source, scopes.case(case.pk))
    return _keep(case=case, name=name, sealed=sealed, by=by)


@transaction.atomic
def _keep(*, case: Case, name: str, sealed: SealedFile, by: Doer) -> Brought:
    record(
        by=by, verb="sheet.brought_in", about=f"case:{case.pk}", sha256=sealed.sha256,
        bytes=sealed.size,
    )  # fmt: skip
    known = BroughtSheet.objects.filter(case=case, sha256=sealed.sha256).first()
    if known is not None:  # somebody was quicker, the same moment
        return Brought(known, is_new=False)
    row = BroughtSheet(
        seal_scope=scopes.case(case.pk), case=case, brought_at=clock.now(), name=name,
        brought_by_id=by.staff_id if isinstance(by, Actor) else None, path=sealed.path,
        sha256=sealed.sha256, size=sealed.size,
    )  # fmt: skip
    row.save(force_insert=True)
    return Brought(row, is_new=True)


@transaction.atomic
def answer(*, sheet: BroughtSheet, about: str, answer: str, by: Doer) -> None:
    """Say what the file leaves open: its encoding or its separator."""
    record(by=by, verb="sheet.told", about=f"sheet:{sheet.pk}", what=about)
    row = _still_open(sheet)
    if about == "encoding":
        row.encoding = answer
    else:
        row.separator = answer
    row.save(update_fields=["encoding", "separator"])


@transaction.atomic
def read_so(*, sheet: BroughtSheet, encoding: str, separator: str, page: int, by: Doer) -> None:
    """Say how a file is to be read, as whoever brought it in by the command was asked."""
    record(by=by, verb="sheet.told", about=f"sheet:{sheet.pk}", what="reading")
    row = _still_open(sheet)
    row.encoding, row.separator, row.page = encoding, separator, page
    row.save(update_fields=["encoding", "separator", "page"])


@transaction.atomic
def choose(
    *, sheet: BroughtSheet, page: int, columns: dict[int, str], part: Part, by: Doer
) -> None:
    """Say which of its sheets is meant, what its columns mean, and what part its people have.

    Without columns they mean what is proposed for that sheet.
    """
    record(by=by, verb="sheet.columns_told", about=f"sheet:{sheet.pk}", count=len(columns))
    row = _still_open(sheet)
    row.columns = {str(number): name for number, name in columns.items()}
    row.page, row.part = page, part
    row.save(update_fields=["page", "columns", "part"])


def _still_open(sheet: BroughtSheet) -> BroughtSheet:
    """The row as it is now; while its people are being added nothing else may be said of it."""
    row = BroughtSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if row.state == SheetState.ADDING:
        raise Busy
    return row

"""One list: what its columns mean, who in it may be somebody known, and adding its people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nyumbani.accounts.viewers import actor_of, viewer_of
from nyumbani.audit.actions import record
from nyumbani.kit.found import found
from nyumbani.sheets import reader
from nyumbani.sheets.actions import adding, bringing
from nyumbani.sheets.actions.bringing import Busy
from nyumbani.sheets.forms import AnswerForm, ColumnsForm, decisions
from nyumbani.sheets.queries import OpenedSheet, doubles, preview, sheet
from nyumbani.sheets.reader import Look
from nyumbani.sheets.terms import SheetState, titles


@require_safe
def show(request: HttpRequest, sheet_id: str) -> HttpResponse:
    """What a list holds, before anything of it is written down, and what is left of it after."""
    row = found(sheet(viewer_of(request), sheet_id))
    record(by=actor_of(request), verb="sheet.seen", about=f"sheet:{sheet_id}")
    look = reader.look(row)
    shown = {"sheet": row, "look": look, "is_moving": row.state == SheetState.ADDING}
    if look.heads is not None:
        shown |= {
            "form": _form(look, row),
            "titles": sorted(titles().values()),
            **preview.preview(
                viewer_of(request), row, look.heads, look.lines, look.noted, look.sheet
            ),
        }
    return render(request, "sheets/sheet.html", shown)


@require_POST
def answer(request: HttpRequest, sheet_id: str) -> HttpResponse:
    """Say what the file leaves open."""
    row = found(sheet(viewer_of(request), sheet_id))
    form = AnswerForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        bringing.answer(sheet=row, about=told["about"], answer=told["answer"], by=actor_of(request))
    else:
        messages.error(request, _("Choose one of the readings."))
    return redirect("sheets:sheet", sheet_id)


@require_POST
def columns(request: HttpRequest, sheet_id: str) -> HttpResponse:
    """Say which sheet is meant and what its columns mean."""
    row = found(sheet(viewer_of(request), sheet_id))
    look = reader.look(row)
    found(look.heads)
    form = _form(look, row, request)
    if not form.is_valid():
        messages.error(
            request, " ".join(str(one) for those in form.errors.values() for one in those)
        )
        return redirect("sheets:sheet", sheet_id)
    given = form.cleaned_data
    # What was told belongs to the sheet that was shown; of another nothing is told yet.
    told = given["columns"] if given["page"] == form.initial["page"] else {}
    try:
        bringing.choose(
            sheet=row, page=given["page"], columns=told, part=given["part"],
            by=actor_of(request),
        )  # fmt: skip
    except Busy:
        messages.error(request, _("People of this list are being added just now."))
    return redirect("sheets:sheet", sheet_id)


@require_POST
def add(request: HttpRequest, sheet_id: str) -> HttpResponse:
    """Add the people of a list, with what was decided about those beside somebody known."""
    viewer = viewer_of(request)
    row = found(sheet(viewer, sheet_id))
    lines = reader.look(row).lines
    proposed = doubles.proposals(viewer, lines)
    asked = {
        line.record.number: (
            line.digest, {one.person.person_id for one in proposed.get(line.digest, ())}
        )
        for line in lines
    }  # fmt: skip
    decided = decisions(request.POST, asked)
    if adding.ask(sheet=row, decided=decided, by=actor_of(request)):
        messages.success(request, _("The people of this list are being added."))
    return redirect("sheets:sheet", sheet_id)


def _said(form: ColumnsForm) -> str:
    """Everything that is wrong with a form, as one line."""
    return " ".join(str(one) for those in form.errors.values() for one in those)


def _form(look: Look, row: OpenedSheet, request: HttpRequest | None = None) -> ColumnsForm:
    sheets = look.book.sheets if look.book else []
    pages = [
        (number, one.name or _("the whole file")) for number, one in enumerate(sheets, start=1)
    ]
    now = row.page or (sheets.index(look.sheet) + 1 if look.sheet else 1)
    return ColumnsForm(
        request.POST if request else None, pages=pages,
        columns=look.heads.columns if look.heads else (), initial={"page": now, "part": row.part},
    )  # fmt: skip

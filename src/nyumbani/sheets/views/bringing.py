"""Bringing a list in, and taking its original out again."""

from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nyumbani.accounts.viewers import actor_of, viewer_of
from nyumbani.audit.actions import record
from nyumbani.kit.found import found
from nyumbani.kit.uploads import refusal, takes_files
from nyumbani.sheets import queries
from nyumbani.sheets.actions.bringing import bring_in
from nyumbani.sheets.forms import BringForm
from nyumbani.sheets.queries import originals
from nyumbani.sheets.workbooks.sheet import LARGEST


@takes_files(LARGEST)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, case_id: str) -> HttpResponse:
    """Bring a list of people into a case."""
    case = found(queries.case_to_bring_into(viewer_of(request), case_id))
    form = BringForm(request.POST or None, request.FILES or None, refused=refusal(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        brought = bring_in(
            source=Path(file.temporary_file_path()), name=file.name, case=case,
            by=actor_of(request),
        )  # fmt: skip
        if not brought.is_new:
            messages.info(request, _("This file is already here. Nothing was taken twice."))
        return redirect("sheets:sheet", brought.sheet.pk)
    return render(request, "sheets/bring.html", {"form": form, "case": case})


@require_safe
def original(request: HttpRequest, sheet_id: str) -> FileResponse:
    """The file as it came, to be stored."""
    viewer = viewer_of(request)
    sheet = found(queries.sheet(viewer, sheet_id))
    content = found(originals.opened(viewer, sheet))
    record(by=actor_of(request), verb="sheet.taken_out", about=f"sheet:{sheet_id}")
    response = FileResponse(
        content, as_attachment=True, filename=originals.name_of(viewer, sheet),
        content_type="application/octet-stream",
    )  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

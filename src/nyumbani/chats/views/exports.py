"""Bringing a chat in, and how far its reading has come."""

from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.chats import queries
from nyumbani.chats.actions import bringing
from nyumbani.chats.chat_exports.moments import Order, date_of
from nyumbani.chats.forms import BringForm, OrderForm
from nyumbani.chats.permissions import may_bring_in
from nyumbani.chats.queries import BroughtExport
from nyumbani.chats.terms import LARGEST, DateOrder, ExportState, FileKeeping
from nyumbani.kit.found import found
from nyumbani.kit.uploads import refusal, takes_files

_MOVING = {ExportState.WAITING, ExportState.READING}


@takes_files(LARGEST)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring an exported chat in: the file, where the telephone was, and the case."""
    viewer = viewer_of(request)
    or_404(may_bring_in(viewer))
    form = BringForm(
        request.POST or None, request.FILES or None, refused=refusal(request),
        cases=queries.cases_to_bring_into(viewer), initial={"case": request.GET.get("case", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        brought = _brought(request, form)
        if not brought.is_new:
            messages.info(request, _("This file is already here. Nothing was taken twice."))
        return redirect("chats:export", brought.export.pk)
    return render(request, "chats/bring.html", {"form": form})


@require_safe
def show(request: HttpRequest, export_id: str) -> HttpResponse:
    """What became of a file: how far it is read, what it asks, what was found in it."""
    viewer = viewer_of(request)
    export = found(queries.export(viewer, export_id))
    record(by=actor_of(request), verb="export.seen", about=f"export:{export_id}")
    files = queries.files_in(viewer, export)
    shown = {
        **_course(request, export),
        "readings": _readings(export),
        "kept": files[FileKeeping.KEPT],
        "refused": files[FileKeeping.REFUSED],
        "people": queries.senders(viewer, export.chat).count() if export.chat else 0,
    }
    return render(request, "chats/export.html", shown)


@require_safe
def news(request: HttpRequest, export_id: str) -> HttpResponse:
    """How far the reading has come, if that is further than the page says."""
    export = found(queries.export(viewer_of(request), export_id))
    course = _course(request, export)
    if request.GET.get("since") == course["stamp"]:
        return HttpResponse(status=204)
    return render(request, "chats/parts/course.html", course)


@require_POST
def answer(request: HttpRequest, export_id: str) -> HttpResponse:
    """Say in which order day and month stand."""
    export = found(queries.export_to_work_on(viewer_of(request), export_id))
    form = OrderForm(request.POST)
    if form.is_valid():
        order = form.cleaned_data["order"]
        if bringing.answer(export=export, order=order, by=actor_of(request)):
            messages.success(request, _("Thank you. The file is being read now."))
    else:
        messages.error(request, _("Choose one of the two days."))
    return redirect("chats:export", export_id)


@require_POST
def stop(request: HttpRequest, export_id: str) -> HttpResponse:
    """Stop the reading; what was read stays."""
    export = found(queries.export_to_work_on(viewer_of(request), export_id))
    if not bringing.stop(export=export, by=actor_of(request)):
        messages.info(request, _("It had ended already."))
    return redirect("chats:export", export_id)


@require_POST
def again(request: HttpRequest, export_id: str) -> HttpResponse:
    """Read a file again that was stopped or refused."""
    export = found(queries.export_to_work_on(viewer_of(request), export_id))
    bringing.read_again(export=export, by=actor_of(request))
    return redirect("chats:export", export_id)


def _brought(request: HttpRequest, form: BringForm) -> bringing.Brought:
    given, file = form.cleaned_data, form.cleaned_data["file"]
    case = cases.case_to_work_on(viewer_of(request), given["case"]) if given["case"] else None
    return bringing.bring_in(
        source=Path(file.temporary_file_path()), name=file.name, zone=given["zone"], case=case,
        by=actor_of(request),
    )  # fmt: skip


def _course(request: HttpRequest, export: BroughtExport) -> dict[str, object]:
    viewer = viewer_of(request)
    return {
        "export": export,
        "stamp": f"{export.state}-{export.read_bytes}-{export.text_bytes}",
        "is_moving": export.state in _MOVING,
        "may_work": queries.may_work_on_export(viewer, export),
        "is_read": export.text_bytes > 0 and export.read_bytes == export.text_bytes,
    }


def _readings(export: BroughtExport) -> list[tuple[str, str]]:
    """Each order asked about, with the day that the example means in it."""
    if not export.question:
        return []
    example = export.question["example"]
    days = [(one, date_of(example, Order(one))) for one in export.question["orders"]]
    return [
        (one, f"{date_format(day, 'j F Y')} ({DateOrder(one).label})") for one, day in days if day
    ]

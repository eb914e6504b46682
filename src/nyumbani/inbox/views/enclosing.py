"""Sending a file to somebody, and keeping a copy of the original that was chosen."""

from functools import partial
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from nyumbani.accounts.viewers import Viewer, actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.inbox import packer, queries
from nyumbani.inbox.actions.parcels import Packed
from nyumbani.inbox.actions.wording import write_file_knowingly
from nyumbani.inbox.actions.writing import NotWritten, WrittenAlready, write_with_file
from nyumbani.inbox.forms.enclosing import REFUSALS, SendFileForm
from nyumbani.inbox.queries import Thread, enclosing, joins, wording
from nyumbani.inbox.queries.joins import may_override_for
from nyumbani.inbox.templatetags.inbox import why_not
from nyumbani.inbox.terms import LARGEST_SENT
from nyumbani.inbox.views.files import handed_over
from nyumbani.kit.found import found
from nyumbani.kit.uploads import refusal, takes_files
from nyumbani.people.queries import names_of


@takes_files(LARGEST_SENT)
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, person_id: str) -> HttpResponse:
    """Send a picture, a PDF or sound; what cannot leave says why, and the words stay."""
    viewer = viewer_of(request)
    thread = joins.shown_in(viewer, found(queries.thread_with(viewer, person_id)))
    or_404(viewer.may_send)
    found(cases.person_to_write_about(viewer, person_id))
    may_override = may_override_for(viewer, thread)
    if request.method == "POST" and "to_file" not in request.POST:
        form = SendFileForm(
            request.POST, request.FILES, may_override=may_override, refused=refusal(request)
        )
        if form.is_valid() and _sent(request, thread, form):
            return redirect(reverse("desk:thread", args=[person_id]) + "#newest")
    else:  # perhaps with words typed into the box of the conversation
        form = SendFileForm(
            may_override=may_override, initial={"text": request.POST.get("text", "")}
        )
    record(by=actor_of(request), verb="person.file_page_seen", about=f"person:{person_id}")
    called = names_of(viewer, [thread.person])[thread.person_id]
    ahead = enclosing.ahead(viewer, thread)
    shown = {"form": form, "thread": thread, "called": called, "ahead": ahead}
    return render(request, "inbox/send_file.html", shown)


@require_safe
def keep_original(request: HttpRequest, file_id: str) -> HttpResponse:
    """The original of what was sent, to be stored; never opened by the browser."""
    viewer = viewer_of(request)
    file = found(queries.file(viewer, file_id))
    content, name = found(enclosing.original_of(viewer, file))
    record(
        by=actor_of(request), verb="file.seen",
        about=f"person:{file.message.conversation.person_id}", file=file_id, original=1,
    )  # fmt: skip
    return handed_over(content, name)


def _sent(request: HttpRequest, thread: Thread, form: SendFileForm) -> bool:
    """Send it once, however often the page is; False: the form says why it does not leave."""
    given, viewer = form.cleaned_data, viewer_of(request)
    before = queries.message(viewer, given["once"])
    if before is not None and joins.stands_in(viewer, before, thread):
        return True
    form.warned = wording.warned(viewer, thread, given["text"])
    if form.warned and given["words_anyway"] != form.warned.mark:
        return False
    packed = _packed(viewer, thread, form)
    return packed is not None and _written(request, thread, form, packed)


def _packed(viewer: Viewer, thread: Thread, form: SendFileForm) -> Packed | None:
    chosen = form.cleaned_data["file"]
    try:
        return packer.pack(
            Path(chosen.temporary_file_path()), name=chosen.name or "",
            claimed=chosen.content_type or "", scope=enclosing.scope_of(viewer, thread),
        )  # fmt: skip
    except packer.NotPacked as refused:
        form.add_error("file", REFUSALS[refused.why])
        return None


def _written(request: HttpRequest, thread: Thread, form: SendFileForm, packed: Packed) -> bool:
    given = form.cleaned_data
    write = write_with_file
    if form.warned:
        write = partial(write_file_knowingly, kinds=form.warned.kinds)
    try:
        write(
            thread=thread, packed=packed, caption=given["text"], by=actor_of(request),
            message_id=given["once"], override=given.get("override", ""),
        )  # fmt: skip
    except NotWritten as refused:
        form.add_error(None, why_not(refused.answer))
    except WrittenAlready:
        packer.throw_away(packed)
        return True
    else:
        return True
    packer.throw_away(packed)
    return False

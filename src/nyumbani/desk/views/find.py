"""Searching what was written, in one conversation or over many. The words stand in no address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.desk.forms import FindForm
from nyumbani.domain.finding import wanted
from nyumbani.inbox import queries as inbox
from nyumbani.inbox.queries.apart import apart_called
from nyumbani.inbox.queries.finding import MOST_EACH, MOST_HITS, find_across, find_in
from nyumbani.kit.found import found
from nyumbani.people.queries import names_of


@require_http_methods(["GET", "POST"])
def in_thread(request: HttpRequest, person_id: str) -> HttpResponse:
    """Where words stand in one conversation."""
    viewer = viewer_of(request)
    thread = found(inbox.thread_with(viewer, person_id))
    form = FindForm(request.POST or None)
    shown: dict[str, object] = {"form": form, "thread": thread}
    shown["called"] = names_of(viewer, [thread.person])[person_id]
    if request.method == "POST" and form.is_valid():
        inside = find_in(viewer, thread, wanted(form.cleaned_data["q"]))
        record(
            by=actor_of(request), verb="thread.searched", about=f"person:{person_id}",
            found=len(inside.hits), messages=inside.looked,
        )  # fmt: skip
        shown |= {"found": inside, "hits": inside.hits[:MOST_HITS]}
    return render(request, "desk/find_in.html", shown)


@require_http_methods(["GET", "POST"])
def across(request: HttpRequest) -> HttpResponse:
    """Where words stand in the conversations one may read; a part of them at a time."""
    viewer = viewer_of(request)
    or_404(viewer.may_read_cases)
    form = FindForm(request.POST or None)
    shown: dict[str, object] = {"form": form, "each": MOST_EACH}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        part = find_across(viewer, wanted(given["q"]), given["cursor"] or None)
        record(
            by=actor_of(request), verb="inbox.searched", about="page:find",
            found=len(part.hits), messages=part.messages, people=part.threads,
        )  # fmt: skip
        done = given["done"] + part.threads if given["cursor"] else part.threads
        shown |= {"found": part, "hits": part.hits[:MOST_HITS], "done": done}
        if not given["cursor"]:  # she has no conversation in which her name could be looked for
            shown["apart"] = apart_called(viewer, given["q"])
    return render(request, "desk/find.html", shown)

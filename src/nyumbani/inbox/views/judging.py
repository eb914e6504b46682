"""How urgent a message is, in the words of somebody who has read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nyumbani.accounts.viewers import actor_of, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.domain.triage.terms import Mark
from nyumbani.inbox import queries
from nyumbani.inbox.actions.triage import say_own
from nyumbani.inbox.queries.lines import told_once
from nyumbani.inbox.terms import Way
from nyumbani.kit.found import found

_SAYABLE = {mark.name: mark for mark in Mark if mark is not Mark.NOT_UNDERSTOOD}


@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, person_id: str, message_id: str) -> HttpResponse:
    """Say what a message is; the suggestion stays beside it."""
    viewer = viewer_of(request)
    thread = found(queries.thread_with(viewer, person_id))
    found(cases.person_to_write_about(viewer, person_id))
    message = found(queries.messages(viewer, thread).filter(pk=message_id, way=Way.IN).first())
    if request.method == "POST":
        mark = found(_SAYABLE.get(request.POST.get("mark", "")))
        say_own(message=message, mark=mark, by=actor_of(request))
        there = reverse("desk:thread", args=[person_id])
        return redirect(f"{there}?at={message_id}#m-{message_id}")
    record(
        by=actor_of(request), verb="message.seen", about=f"person:{person_id}", message=message_id
    )
    shown = {"line": told_once(viewer, message), "person_id": person_id}
    return render(request, "inbox/judge.html", shown)

"""Beside a conversation: notes, whose it is, another attempt, what a message says."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.cases import queries as cases
from nyumbani.inbox import queries
from nyumbani.inbox.actions import work
from nyumbani.inbox.actions.writing import NotWritten, send_again
from nyumbani.inbox.forms import AssignForm, FactForm, NoteForm
from nyumbani.inbox.templatetags.inbox import why_not
from nyumbani.inbox.terms import Way
from nyumbani.kit.found import found
from nyumbani.people import queries as people


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, person_id: str) -> HttpResponse:
    """Tell colleagues something beside a conversation."""
    thread = found(queries.thread_with(viewer_of(request), person_id))
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        work.note(thread=thread, text=form.cleaned_data["text"], by=actor_of(request))
        return redirect(reverse("desk:thread", args=[person_id]) + "#newest")
    return render(request, "inbox/note.html", {"form": form, "thread": thread})


@require_POST
def assign(request: HttpRequest, person_id: str) -> HttpResponse:
    """Say who answers a conversation."""
    viewer = viewer_of(request)
    thread = found(queries.thread_with(viewer, person_id))
    or_404(viewer.may_send or viewer.may_lead)
    owners = queries.possible_owners(viewer, thread)
    form = AssignForm(request.POST, colleagues=[(one.staff_id, "") for one in owners])
    or_404(form.is_valid())
    to = cases.colleagues(viewer).filter(pk=form.cleaned_data["to"]).first()
    work.assign(thread=thread, to=to, by=actor_of(request))
    messages.success(request, _("Assigned.") if to else _("It is nobody's now."))
    return redirect("desk:thread", person_id)


@require_POST
def try_again(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Send once more what failed, or what nobody knows arrived."""
    viewer = viewer_of(request)
    attempt = found(queries.attempt(viewer, attempt_id))
    or_404(viewer.may_send)
    try:
        send_again(attempt=attempt, by=actor_of(request))
    except NotWritten as refusal:
        messages.error(request, why_not(refusal.answer))
    return redirect("desk:thread", attempt.message.conversation.person_id)


@require_http_methods(["GET", "POST"])
def write_down_fact(request: HttpRequest, person_id: str, message_id: str) -> HttpResponse:
    """Write down in a case what a message says."""
    viewer = viewer_of(request)
    message = found(queries.message(viewer, message_id))
    or_404(message.conversation.person_id == person_id and message.way == Way.IN)
    inside = list(cases.cases_of(viewer, message.conversation.person))
    or_404(bool(inside))
    members = {case.pk: [row.person for row in cases.members(viewer, case)] for case in inside}
    called = people.names_of(viewer, [one for people_ in members.values() for one in people_])
    form = FactForm(
        request.POST or None,
        cases=[(case.pk, str(case)) for case in inside],
        people=[(one.person_id, f"{one.label} {one.name}") for one in called.values()],
        inside={key: {one.pk for one in people_} for key, people_ in members.items()},
        said=message.text,
    )
    if request.method == "POST" and form.is_valid():
        about = form.cleaned_data["about"]
        work.write_down_fact(
            message=message, case=found(cases.case(viewer, form.cleaned_data["case"])),
            matter=form.cleaned_data["matter"], text=form.cleaned_data["text"],
            about=cases.person(viewer, about) if about else None, by=actor_of(request),
        )  # fmt: skip
        messages.success(request, _("Written down, as alleged."))
        return redirect("desk:case", form.cleaned_data["case"], "facts")
    return render(request, "inbox/fact.html", {"form": form, "message": message})


@require_POST
def settle(request: HttpRequest, item_id: str) -> HttpResponse:
    """Say that one has looked at something that was not understood."""
    item = found(queries.odd_items(viewer_of(request)).filter(pk=item_id).first())
    work.settle_odd(item=item, by=actor_of(request))
    return redirect("desk:odd")

"""Beside a conversation: notes, whose it is, another attempt, what a message says."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.cases.queries import lists
from nyumbani.inbox import queries
from nyumbani.inbox.actions import wholes, work
from nyumbani.inbox.actions.attention import MayNotBeTold, note_and_tell
from nyumbani.inbox.actions.writing import NotWritten, send_again
from nyumbani.inbox.forms.beside import AssignForm, FactForm, NoteForm
from nyumbani.inbox.queries.attention import colleagues_named
from nyumbani.inbox.queries.lines import Line, told_once
from nyumbani.inbox.templatetags.inbox import why_not
from nyumbani.inbox.terms import Way
from nyumbani.kit.found import found

_MAY_NOT_READ = gettext_lazy(
    "%(name)s may not read this conversation, and naming somebody opens nothing. Let them into her "
    "case first, or leave the name out."
)


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, person_id: str) -> HttpResponse:
    """Tell colleagues something beside a conversation."""
    viewer = viewer_of(request)
    thread = found(queries.thread_with(viewer, person_id))
    found(cases.person_to_write_about(viewer, person_id))
    owners = queries.possible_owners(viewer, thread)
    names = [(one.staff_id, one.display_name) for one in owners if one.staff_id != viewer.staff_id]
    form = NoteForm(request.POST or None, colleagues=names)
    if request.method == "POST" and form.is_valid() and _noted(request, thread, form):
        return redirect(reverse("desk:thread", args=[person_id]) + "#newest")
    return render(request, "inbox/note.html", {"form": form, "thread": thread})


def _noted(request: HttpRequest, thread: queries.Thread, form: NoteForm) -> bool:
    """Keep the note and tell those it names; if one may not read this, nothing is kept."""
    viewer, given = viewer_of(request), form.cleaned_data
    named, unknown = colleagues_named(viewer, given["text"])
    chosen = queries.possible_owner(viewer, thread, given["tell"]) if given["tell"] else None
    try:
        note_and_tell(
            thread=thread, text=given["text"], note_id=given["once"], by=actor_of(request),
            colleagues=[*named, *([chosen] if chosen else [])],
        )  # fmt: skip
    except MayNotBeTold as refusal:
        form.add_error("text", _MAY_NOT_READ % {"name": refusal.staff.display_name})
        return False
    messages.success(request, _("The note is kept."))
    for name in unknown:
        said = _("Nobody here signs in as %(name)s: nobody was told.")
        messages.warning(request, said % {"name": f"@{name}"})
    return True


@require_POST
def assign(request: HttpRequest, person_id: str) -> HttpResponse:
    """Say who answers a conversation."""
    viewer = viewer_of(request)
    thread = found(queries.thread_with(viewer, person_id))
    or_404(viewer.may_send or viewer.may_lead)
    found(cases.person_to_write_about(viewer, person_id))
    owners = queries.possible_owners(viewer, thread)
    form = AssignForm(request.POST, colleagues=[(one.staff_id, "") for one in owners])
    or_404(form.is_valid())
    wanted = form.cleaned_data["to"]
    to = found(queries.possible_owner(viewer, thread, wanted)) if wanted else None
    wholes.assign_all(thread=thread, to=to, by=actor_of(request))
    messages.success(request, _("Assigned.") if to else _("It is nobody's now."))
    return redirect("desk:thread", person_id)


@require_POST
def try_again(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """Send once more what failed, or what nobody knows arrived."""
    viewer = viewer_of(request)
    attempt = found(queries.attempt(viewer, attempt_id))
    or_404(viewer.may_send)
    cases.person_to_write_about(viewer, attempt.message.conversation.person_id)
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
    or_404(cases.cases_of(viewer, message.conversation.person).exists())
    found(cases.person_to_write_about(viewer, person_id))
    line = found(told_once(viewer, message))
    form = _fact_form(request, message, line)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        work.write_down_fact(
            message=message, case=found(cases.case_to_work_on(viewer, given["case"])),
            matter=given["matter"], text=given["text"], fact_id=given["once"],
            about=cases.person(viewer, given["about"]) if given["about"] else None,
            by=actor_of(request),
        )  # fmt: skip
        messages.success(request, _("Written down, as alleged."))
        return redirect("desk:case", given["case"], "facts")
    record(by=actor_of(request), verb="message.seen", about=f"message:{message.pk}")
    shown = {"form": form, "message": message, "line": line}
    return render(request, "inbox/fact.html", shown)


def _fact_form(request: HttpRequest, message: queries.Sent, line: Line) -> FactForm:
    """The form, with the words as they stand now and who could be spoken of in which case."""
    viewer = viewer_of(request)
    inside = list(cases.cases_of(viewer, message.conversation.person))
    people = {case.pk: lists.people_to_choose(viewer, case) for case in inside}
    return FactForm(
        request.POST or None,
        cases=[(case.pk, str(case)) for case in inside if cases.belongs_to(viewer, case)],
        people=dict.fromkeys(one for here in people.values() for one in here),
        inside={case: {person for person, _called in here} for case, here in people.items()},
        said=line.offered,
    )


@require_POST
def settle(request: HttpRequest, item_id: str) -> HttpResponse:
    """Say that one has looked at something that was not understood; a second click as well."""
    viewer = viewer_of(request)
    item = found(queries.odd_item(viewer, item_id))
    if item.person_id is not None:  # whoever sees her through broken glass only looks
        found(cases.person_to_write_about(viewer, item.person_id))
    work.settle_odd(item=item, by=actor_of(request))
    return redirect("desk:odd")

"""From a first message to a case: one short form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.cases.actions import join
from nyumbani.desk.forms import IntoCaseForm, TakeUpForm
from nyumbani.inbox import queries as inbox
from nyumbani.inbox.channels import registry
from nyumbani.inbox.queries import Sent
from nyumbani.inbox.queries.lines import Line, told_once
from nyumbani.inbox.terms import Way
from nyumbani.kit.found import found
from nyumbani.people import queries as people
from nyumbani.ui import words
from nyumbani.workflows.intake import InCaseSince, TakenUpSince, take_up_once


@require_http_methods(["GET", "POST"])
def take_up(request: HttpRequest, person_id: str, message_id: str) -> HttpResponse:
    """Open a case from a message; ends on the case."""
    viewer = viewer_of(request)
    message = found(inbox.message(viewer, message_id))
    or_404(viewer.may_open_cases and message.way == Way.IN)
    or_404(message.conversation.person_id == person_id)
    before = cases.case(viewer, request.POST.get("once", ""))
    if before is not None:  # this very page was sent before
        return redirect("desk:case", before.pk)
    writer = found(cases.person_to_write_about(viewer, person_id))
    inside = [str(case) for case in cases.open_cases_of(viewer, writer)]
    line = found(told_once(viewer, message))
    form = _form(request, line, message, inside)
    if request.method == "POST" and form.is_valid():
        done = _taken_up(request, message, form)
        if done is not None:
            return done
    record(by=actor_of(request), verb="thread.seen", about=f"person:{person_id}")
    shown = {"form": form, "message": message, "line": line, "inside": inside}
    return render(request, "desk/take_up.html", shown)


@require_http_methods(["GET", "POST"])
def into_case(request: HttpRequest, person_id: str) -> HttpResponse:
    """Bring somebody who wrote by herself into a case the viewer works on already."""
    viewer = viewer_of(request)
    her = found(cases.person_to_write_about(viewer, person_id))
    mine = {case.pk: case for case in cases.cases_to_work_on(viewer)}
    named = [(pk, f"{case} · {case.title}") for pk, case in mine.items()]
    form = IntoCaseForm(request.POST or None, cases=named)
    if request.method == "POST" and form.is_valid():
        case = mine[form.cleaned_data["case"]]
        join(case=case, person=her, part=form.cleaned_data["part"], by=actor_of(request))
        messages.success(request, _("She is in %(case)s now.") % {"case": case})
        return redirect("desk:thread", person_id)
    record(by=actor_of(request), verb="person.seen", about=f"person:{person_id}")
    called = people.names_of(viewer, [her])[her.pk]
    return render(request, "desk/into_case.html", {"form": form, "called": called, "cases": mine})


def _form(request: HttpRequest, line: Line, message: Sent, inside: list[str]) -> TakeUpForm:
    return TakeUpForm(
        request.POST or None, said=line.offered, title=_title(message), inside=", ".join(inside)
    )


def _taken_up(request: HttpRequest, message: Sent, form: TakeUpForm) -> HttpResponse | None:
    """Where it ends; None to ask once more, where the writer came into a case meanwhile."""
    try:
        case = take_up_once(
            message=message, word=form.first_word(), once=form.cleaned_data["once"],
            another=form.cleaned_data.get("another", False), by=actor_of(request),
        )  # fmt: skip
    except TakenUpSince:
        messages.info(request, _("A colleague has taken her up meanwhile."))
        return redirect("desk:inbox")
    except InCaseSince:
        form.ask_whether_another()
        return None
    return redirect("desk:case", case.pk)


def _title(message: Sent) -> str:
    """A title to begin with that tells nothing of anybody: how and when it came."""
    came = {
        "channel": _(registry.channel(message.account.channel).label),
        "day": words.day(message.sent_at),
    }
    return _("Message by %(channel)s, %(day)s") % came

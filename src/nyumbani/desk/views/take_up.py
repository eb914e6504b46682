"""From a first message to a case: one short form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.desk.actions import take_up_once
from nyumbani.desk.forms import TakeUpForm
from nyumbani.inbox import queries as inbox
from nyumbani.inbox.channels import registry
from nyumbani.inbox.queries import Sent
from nyumbani.inbox.terms import Way
from nyumbani.kit.found import found
from nyumbani.ui import words


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
    inside = [str(case) for case in cases.cases_of(viewer, message.conversation.person)]
    form = TakeUpForm(
        request.POST or None, said=message.text, title=_title(message), inside=", ".join(inside)
    )
    if request.method == "POST" and form.is_valid():
        case = take_up_once(
            message=message, word=form.first_word(), once=form.cleaned_data["once"],
            by=actor_of(request),
        )  # fmt: skip
        return redirect("desk:case", case.pk)
    if request.method == "GET":
        record(by=actor_of(request), verb="thread.seen", about=f"person:{person_id}")
    shown = {"form": form, "message": message, "inside": inside}
    return render(request, "desk/take_up.html", shown)


def _title(message: Sent) -> str:
    """A title to begin with that tells nothing of anybody: how and when it came."""
    came = {
        "channel": registry.channel(message.account.channel).label,
        "day": words.day(message.sent_at),
    }
    return _("Message by %(channel)s, %(day)s") % came

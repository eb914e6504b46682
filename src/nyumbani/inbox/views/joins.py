"""Showing two conversations of one woman as one, and undoing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.cases import queries as cases
from nyumbani.inbox import queries
from nyumbani.inbox.actions import joining
from nyumbani.inbox.actions.joining import NotJoined, NotParted
from nyumbani.inbox.forms.sharing import JoinForm
from nyumbani.inbox.queries import joins
from nyumbani.inbox.templatetags.inbox import why_not
from nyumbani.kit.found import found
from nyumbani.people.queries import names_of


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, person_id: str) -> HttpResponse:
    """Say that another conversation is hers too; the two are shown as one from then on."""
    viewer = viewer_of(request)
    thread = found(queries.thread_with(viewer, person_id))
    or_404(viewer.may_send or viewer.may_lead)
    found(cases.person_to_write_about(viewer, person_id))
    form = JoinForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if request.method == "POST" and form.is_valid() and _joined(request, thread, form):
        messages.success(request, _("Shown as one conversation. You can undo it at any time."))
        return redirect("desk:thread", person_id)
    record(by=actor_of(request), verb="thread.seen", about=f"person:{person_id}")
    called = names_of(viewer, [thread.person])[person_id]
    return render(request, "inbox/join.html", {"form": form, "thread": thread, "called": called})


@require_POST
def undo(request: HttpRequest, join_id: str) -> HttpResponse:
    """Show the two apart again; whoever may write about either side may say so."""
    viewer = viewer_of(request)
    row = found(joins.join(viewer, join_id))
    or_404(viewer.may_send or viewer.may_lead)
    sides = [one.person for one in joins.sides_read(viewer, row)]
    if not any(cases.may_write_about(viewer, one) for one in sides):
        cases.person_to_write_about(viewer, sides[0].pk)  # says why: only broken glass
    try:
        joining.undo(row=row, by=actor_of(request))
    except NotParted as refusal:
        messages.error(request, why_not(refusal.answer))
    else:
        messages.success(request, _("Shown apart again."))
    return redirect("desk:thread", sides[0].pk)


def _joined(request: HttpRequest, thread: queries.Thread, form: JoinForm) -> bool:
    """Whether the two were joined; why not is said at the number."""
    viewer, given = viewer_of(request), form.cleaned_data
    other = joins.to_join(viewer, given["number"])
    if other is None or not cases.may_write_about(viewer, other.person):
        form.add_error("number", _("There is no conversation with this person that you may join."))
        return False
    try:
        joining.join(main=thread, other=other, why=given["why"], by=actor_of(request))
    except NotJoined as refusal:
        form.add_error("number", why_not(refusal.answer))
        return False
    return True

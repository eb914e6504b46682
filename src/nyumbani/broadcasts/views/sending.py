"""Words to many are sent, stopped, or sent another way."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from nyumbani.accounts.viewers import actor_of, viewer_of
from nyumbani.broadcasts import queries
from nyumbani.broadcasts.actions import sending
from nyumbani.broadcasts.forms import LetStandForm
from nyumbani.broadcasts.templatetags.broadcasts import why_to_many
from nyumbani.broadcasts.views.writing import shown
from nyumbani.inbox.actions.writing import NotWritten
from nyumbani.kit.found import found


@require_POST
def send(request: HttpRequest, broadcast_id: str) -> HttpResponse:
    """Let it go to everybody; pressed twice it goes once."""
    row = found(queries.broadcast_to_work_on(viewer_of(request), broadcast_id))
    form = LetStandForm(request.POST)
    if form.is_valid():
        try:
            sending.begin(broadcast=row, by=actor_of(request), why=form.cleaned_data["why"])
        except sending.NotBegun as refusal:
            form.add_error("why", why_to_many(refusal.answer))
            return shown(request, row, form)
    return redirect("broadcasts:show", row.pk)


@require_POST
def stop(request: HttpRequest, broadcast_id: str) -> HttpResponse:
    """Keep back what has not left, and say how many that were of those the viewer may know of."""
    viewer = viewer_of(request)
    row = found(queries.broadcast_to_work_on(viewer, broadcast_id))
    kept = sending.stop(broadcast=row, by=actor_of(request)) and queries.kept_back(viewer, row)
    told = ngettext(
        "Stopped: nothing more leaves. Kept back to people you may know of: %(n)s letter.",
        "Stopped: nothing more leaves. Kept back to people you may know of: %(n)s letters.",
        kept,
    )
    messages.success(request, told % {"n": kept})
    return redirect("broadcasts:show", row.pk)


@require_POST
def move_on(request: HttpRequest, recipient_id: str) -> HttpResponse:
    """Write the same to one person through her next channel."""
    viewer = viewer_of(request)
    one = found(queries.recipient(viewer, recipient_id))
    found(queries.broadcast_to_work_on(viewer, one.broadcast_id))
    try:
        sending.move_on(recipient=one, by=actor_of(request))
    except NotWritten as refusal:
        messages.error(request, why_to_many(refusal.answer))
    else:
        messages.success(request, _("Written through her next channel."))
    return redirect("broadcasts:show", one.broadcast_id)

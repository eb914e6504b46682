"""The system page: does the house do its work, and what waits for somebody to decide."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.jobs import queries as jobs
from nyumbani.jobs.permissions import may_oversee
from nyumbani.jobs.terms import Discard, NotDead, SameWorkWaits
from nyumbani.workflows import dead_letters


@require_GET
def system(request: HttpRequest) -> HttpResponse:
    """What waits, what is being done, what stopped."""
    viewer = viewer_of(request)
    or_404(may_oversee(viewer))
    shown = {
        "waiting": jobs.waiting(viewer),
        "running": jobs.running(viewer),
        "letters": jobs.dead_letters(viewer, request.GET.get("cursor")),
        "stopped": jobs.dead_count(viewer),
        "reasons": Discard.choices,
    }
    return render(request, "desk/system.html", shown)


@require_POST
def run_again(request: HttpRequest, job_id: str) -> HttpResponse:
    """Have work that stopped done again."""
    or_404(may_oversee(viewer_of(request)))

    def act() -> str:
        dead_letters.run_again(job_id=job_id, by=actor_of(request))
        return _("It is in the queue again.")

    return _answer(request, act)


@require_POST
def lay_aside(request: HttpRequest, job_id: str) -> HttpResponse:
    """Decide, with a reason, that work that stopped will not be done."""
    or_404(may_oversee(viewer_of(request)))
    reason = request.POST.get("reason", "")
    if reason not in Discard.values:
        messages.error(request, _("Say why it is laid aside."))
        return redirect("desk:system")

    def act() -> str:
        dead_letters.lay_aside(job_id=job_id, reason=Discard(reason), by=actor_of(request))
        return _("It is laid aside.")

    return _answer(request, act)


def _answer(request: HttpRequest, act: Callable[[], str]) -> HttpResponse:
    """Do it, and go back to the page with what came of it."""
    try:
        messages.success(request, act())
    except SameWorkWaits:
        messages.error(request, _("The same work is in the queue already. Lay this one aside."))
    except NotDead:
        messages.error(request, _("Somebody has started it again or laid it aside already."))
    return redirect("desk:system")

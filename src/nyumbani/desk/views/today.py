"""Today: what must be done now, by me, and what others are awaited for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nyumbani.accounts.viewers import viewer_of
from nyumbani.desk import queries
from nyumbani.jobs.permissions import may_oversee
from nyumbani.kit import clock


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The first page after signing in; everybody has one, with what is theirs."""
    viewer = viewer_of(request)
    shown = {
        "viewer": viewer,
        "today": queries.today(viewer),
        "house": queries.house(viewer),
        "oversees": may_oversee(viewer),
        "now": clock.now(),
    }
    return render(request, "desk/today.html", shown)

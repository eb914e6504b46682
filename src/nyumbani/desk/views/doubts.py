"""All that was not sent, or of which nobody knows whether it was: Today shows the first few."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nyumbani.accounts.viewers import or_404, viewer_of
from nyumbani.desk import queries
from nyumbani.desk.views.looks import looked
from nyumbani.inbox import queries as inbox
from nyumbani.kit.paging import Page, page


@require_safe
def doubts(request: HttpRequest) -> HttpResponse:
    """Every sending in doubt, the longest ago first; each leads to its message."""
    viewer = viewer_of(request)
    or_404(viewer.may_read_cases)
    cursor = request.GET.get("cursor")
    found = page(inbox.attempts_in_doubt(viewer), by="queued_at", cursor=cursor, newest_first=False)
    rows = Page(queries.doubts(viewer, found.items), found.older)
    looked(request, "not_sent", words=cursor or "", people=len(rows.items))
    return render(request, "desk/not_sent.html", {"page": rows})

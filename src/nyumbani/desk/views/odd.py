"""What came in and was not understood: kept whole, shown, never dropped."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.inbox import queries
from nyumbani.kit.paging import page
from nyumbani.vault import datakeys

_SIZE = 20


@require_safe
def odd(request: HttpRequest) -> HttpResponse:
    """Items nobody has looked at yet, the newest first."""
    viewer = viewer_of(request)
    or_404(viewer.may_read_inbox)
    found = page(
        queries.odd_items(viewer), by="received_at", cursor=request.GET.get("cursor"), size=_SIZE
    )
    datakeys.warm(item.seal_scope for item in found.items)
    if found.items:
        record(by=actor_of(request), verb="odd.seen", about="inbox:odd", count=len(found.items))
    shown = {
        "page": found,
        "items": [(item, _laid_out(item.item)) for item in found.items],
        "unread": queries.journal_waiting(viewer),
    }
    return render(request, "desk/odd.html", shown)


def _laid_out(item: object) -> str:
    return json.dumps(item, ensure_ascii=False, indent=2)

"""What came in and was not understood: kept whole, shown, never dropped."""

import json
from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.inbox import queries
from nyumbani.kit.paging import page
from nyumbani.people import queries as people
from nyumbani.vault import datakeys

_SIZE = 20


@require_safe
def odd(request: HttpRequest) -> HttpResponse:
    """Items nobody has looked at yet, the newest first; what somebody sent, for her team alone."""
    viewer = viewer_of(request)
    or_404(viewer.may_read_cases)
    found = page(
        queries.odd_items(viewer), by="received_at", cursor=request.GET.get("cursor"), size=_SIZE
    )
    datakeys.warm(item.seal_scope for item in found.items)
    called = people.names_of(viewer, [item.person for item in found.items if item.person])
    seen = Counter(_about(item) for item in found.items)
    for about, count in seen.items():
        record(by=actor_of(request), verb="odd.seen", about=about, count=count)
    shown = {
        "page": found,
        "items": [
            (item, called.get(item.person_id or ""), item.why.split("; "), _laid_out(item.item))
            for item in found.items
        ],
        "unread": queries.journal_waiting(viewer),
    }
    return render(request, "desk/odd.html", shown)


def _about(item: queries.Odd) -> str:
    return f"person:{item.person_id}" if item.person_id else "inbox:odd"


def _laid_out(item: object) -> str:
    return json.dumps(item, ensure_ascii=False, indent=2)

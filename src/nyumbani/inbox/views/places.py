"""A place somebody sent, drawn on our own map: nobody else learns that we looked at it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.audit.actions import record
from nyumbani.inbox import queries
from nyumbani.inbox.places import picture_of
from nyumbani.inbox.queries.lines import told_once
from nyumbani.kit.found import found


@require_safe
def show(request: HttpRequest, person_id: str, message_id: str) -> HttpResponse:
    """The map as a picture of its own."""
    viewer = viewer_of(request)
    message = found(queries.message(viewer, message_id))
    or_404(message.conversation.person_id == person_id)
    line = found(told_once(viewer, message))
    drawn = found(picture_of(line.place))
    record(by=actor_of(request), verb="place.seen", about=f"person:{person_id}", message=message_id)
    answer = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer

"""What was brought in, handed over as it came; nothing of it is opened by the browser."""

from typing import BinaryIO

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from nyumbani.accounts.viewers import actor_of, viewer_of
from nyumbani.audit.actions import record
from nyumbani.chats import queries
from nyumbani.chats.queries import originals
from nyumbani.kit.found import found


@require_safe
def original(request: HttpRequest, export_id: str) -> FileResponse:
    """The export as it came, to be stored."""
    viewer = viewer_of(request)
    export = found(queries.export(viewer, export_id))
    content = found(originals.opened(viewer, export))
    record(by=actor_of(request), verb="export.taken_out", about=f"export:{export_id}")
    return _handed_over(content, originals.name_of(viewer, export))


@require_safe
def file(request: HttpRequest, file_id: str) -> FileResponse:
    """A file that stood beside a chat, to be stored."""
    viewer = viewer_of(request)
    row = found(queries.file(viewer, file_id))
    content = found(originals.opened(viewer, row))
    record(by=actor_of(request), verb="chat.file_seen", about=f"chat:{row.chat_id}", file=row.pk)
    return _handed_over(content, originals.name_of(viewer, row))


def _handed_over(content: BinaryIO, name: str) -> FileResponse:
    response = FileResponse(
        content, as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

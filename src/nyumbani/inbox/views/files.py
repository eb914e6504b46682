"""Attached files: a few kinds are shown, everything else is only handed over."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from nyumbani.accounts.viewers import actor_of, viewer_of
from nyumbani.audit.actions import record
from nyumbani.inbox import drawer, queries
from nyumbani.inbox.queries import files
from nyumbani.kit.found import found

# What a browser may play, and how such a file begins: a platform's word for it is not enough.
_PLAYABLE = {
    "audio/ogg": re.compile(rb"OggS"),
    "audio/mpeg": re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"),
    "audio/mp4": re.compile(rb".{4}ftyp", re.DOTALL),
    "audio/amr": re.compile(rb"#!AMR"),
    "video/mp4": re.compile(rb".{4}ftyp", re.DOTALL),
}
_RANGE = re.compile(r"bytes=([0-9]{1,18})-([0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class _Shown:
    content: bytes
    mime_type: str


@require_safe
def show(request: HttpRequest, file_id: str) -> HttpResponse:
    """A picture as we drew it, a voice note or video as it came; of other kinds why not."""
    viewer = viewer_of(request)
    file = found(queries.file(viewer, file_id))
    content = found(files.content_of(viewer, file))
    _write_down(request, file.message.conversation.person_id, file_id)
    played = _played(content, file.mime_type)
    if played:
        return _part(request, played)
    copy = found(drawer.draw(file.pk))
    if copy.why:
        return render(request, "inbox/not_shown.html", {"file": file, "why": copy.why})
    return _part(request, _Shown(found(drawer.opened(copy)), copy.mime_type))


@require_safe
def keep(request: HttpRequest, file_id: str) -> HttpResponse:
    """The original as it came, asked for by a tap, to be stored; never opened by the browser."""
    viewer = viewer_of(request)
    file = found(queries.file(viewer, file_id))
    content = found(files.content_of(viewer, file))
    _write_down(request, file.message.conversation.person_id, file_id, original=1)
    return _handed_over(content, files.name_of(viewer, file))


def _write_down(request: HttpRequest, person_id: str, file_id: str, original: int = 0) -> None:
    record(
        by=actor_of(request), verb="file.seen", about=f"person:{person_id}", file=file_id,
        original=original,
    )  # fmt: skip


def _played(content: bytes, mime_type: str) -> _Shown | None:
    kind = mime_type.partition(";")[0].strip().lower()
    begins = _PLAYABLE.get(kind)
    return _Shown(content, kind) if begins and begins.match(content) else None


def _part(request: HttpRequest, shown: _Shown) -> HttpResponse:
    """All of it, or the piece a player asks for: some phones play nothing without pieces."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    size = len(shown.content)
    start = int(asked[1]) if asked else 0
    end = min(int(asked[2]) if asked and asked[2] else size - 1, size - 1)
    if not asked or start > end:
        return _guarded(HttpResponse(shown.content, content_type=shown.mime_type))
    piece = HttpResponse(shown.content[start : end + 1], shown.mime_type, status=206)
    piece["Content-Range"] = f"bytes {start}-{end}/{size}"
    return _guarded(piece)


def _handed_over(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return _guarded(response)


def _guarded(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Accept-Ranges"] = "bytes"
    return response

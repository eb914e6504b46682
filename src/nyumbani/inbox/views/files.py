"""Attached files: a few kinds are shown or drawn, everything else is only handed over."""

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
from nyumbani.kit.leaves import Bound, Leaf

# What a browser may play, and how such a file begins: a platform's word for it is not enough.
_PLAYABLE = {
    "audio/ogg": re.compile(rb"OggS"),
    "audio/mpeg": re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"),
    "audio/mp4": re.compile(rb".{4}ftyp", re.DOTALL),
    "audio/amr": re.compile(rb"#!AMR"),
    "video/mp4": re.compile(rb".{4}ftyp", re.DOTALL),
}
_STRETCH = 5
"""Pages of a paper that are shown at a time: with their words they weigh no more than a thread."""

_RANGE = re.compile(r"bytes=([0-9]{1,18})-([0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class _Shown:
    content: bytes
    mime_type: str


@require_safe
def show(request: HttpRequest, file_id: str) -> HttpResponse:
    """A picture or paper as we drew it, a voice note or video as it came; of others why not."""
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
    paper = drawer.pages(copy)
    if paper is not None:
        return render(request, "inbox/paper.html", {"file": file, **_stretch(request, paper)})
    return _part(request, _Shown(found(drawer.opened(copy)), copy.mime_type))


@require_safe
def page(request: HttpRequest, file_id: str, number: int) -> HttpResponse:
    """One page of a paper as we drew it; only its first pages are drawn."""
    viewer = viewer_of(request)
    file = found(queries.file(viewer, file_id))
    paper = found(drawer.pages(found(drawer.draw(file.pk))))
    leaf = found(dict(_numbered(paper)).get(number))
    picture = found(leaf.picture or None)
    _write_down(request, file.message.conversation.person_id, file_id, page=number)
    return _part(request, _Shown(picture, leaf.mime_type))


@require_safe
def keep(request: HttpRequest, file_id: str) -> HttpResponse:
    """The original as it came, asked for by a tap, to be stored; never opened by the browser."""
    viewer = viewer_of(request)
    file = found(queries.file(viewer, file_id))
    content = found(files.content_of(viewer, file))
    _write_down(request, file.message.conversation.person_id, file_id, original=1)
    return handed_over(content, files.name_of(viewer, file))


def _write_down(
    request: HttpRequest, person_id: str, file_id: str, original: int = 0, **more: int
) -> None:
    record(
        by=actor_of(request), verb="file.seen", about=f"person:{person_id}", file=file_id,
        original=original, **more,
    )  # fmt: skip


def _numbered(paper: Bound) -> list[tuple[int, Leaf]]:
    return list(enumerate(paper.leaves, start=1))


def _stretch(request: HttpRequest, paper: Bound) -> dict[str, object]:
    """Some pages of a paper, from the one its address asks for."""
    asked = request.GET.get("from", "")
    drawn = len(paper.leaves)
    first = int(asked) if re.fullmatch("[1-9][0-9]?", asked) and int(asked) <= drawn else 1
    return {
        "paper": paper, "drawn": drawn, "first": first, "last": min(first + _STRETCH - 1, drawn),
        "pages": _numbered(paper)[first - 1 : first + _STRETCH - 1],
        "before": max(first - _STRETCH, 1) if first > 1 else None,
        "after": first + _STRETCH if first + _STRETCH <= drawn else None,
    }  # fmt: skip


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


def handed_over(content: bytes, name: str) -> HttpResponse:
    """A file to be stored, whatever it is; the browser opens nothing."""
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

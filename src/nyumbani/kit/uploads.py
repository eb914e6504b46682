"""Files that pages take: only where a page says so, no larger than it says, never in plain on disk.

Django's own ways would keep an upload in memory or in the machine's temporary folder, for anybody
and at any address: the body is read before a view is asked who may send it.
"""

import shutil
import tempfile
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., Any])

TOO_LARGE, NO_ROOM = "too_large", "no_room"
_OTHER_FIELDS = 64 << 10  # bytes of a form beside its file


def takes_files(most: int) -> Callable[[View], View]:
    """Let this page, the outermost decorator, take files of up to `most` bytes."""

    def mark(view: View) -> View:
        view.most_bytes = most  # type: ignore[attr-defined]
        return view

    return mark


def most_at(path: str) -> int:
    """How large a body may come to this address because of its file; 0 where no file is taken.

    Twice what is kept: somewhat too large a file is read past, so that the page can say why.
    """
    try:
        view = resolve(path).func
    except Resolver404:
        return 0
    return 2 * int(getattr(view, "most_bytes", 0))


def refusal(request: HttpRequest) -> str:
    """Why a file that was sent is not there: `TOO_LARGE`, `NO_ROOM`, or empty."""
    return getattr(request, "upload_refused", "")


class PrivateUploads(FileUploadHandler):
    """Writes a file to memory-backed storage, or reads past it."""

    most = length = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Note how much is coming, and whether this page and this person may send a file."""
        self.length = kwargs.get("content_length", args[2] if len(args) > 2 else 0)
        self.most = _may_send(self.request) if self.request else 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Begin a file, if it may come."""
        super().new_file(*args, **kwargs)
        why = self._why_not()
        if why:
            self.request.upload_refused = why  # type: ignore[union-attr]
        if why or not self.most:
            raise SkipFile
        self.file = TemporaryUploadedFile(
            self.file_name or "", self.content_type, 0, self.charset, self.content_type_extra
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """Write the next piece."""
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> TemporaryUploadedFile:
        """The file, whole."""
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """Leave nothing behind."""
        if hasattr(self, "file"):
            self.file.close()

    def _why_not(self) -> str:
        if not self.most:
            return ""
        if self.length > self.most + _OTHER_FIELDS:
            return TOO_LARGE
        where = settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir()
        return NO_ROOM if shutil.disk_usage(where).free < 2 * self.length else ""


def _may_send(request: HttpRequest) -> int:
    """How many bytes this person may send to this page."""
    match, who = request.resolver_match, getattr(request, "user", None)
    if match is None or who is None or not who.is_authenticated:
        return 0
    most: int = getattr(match.func, "most_bytes", 0)
    return most

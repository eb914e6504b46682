"""The entry point of web servers, and the log of what was answered.

No address is ever written down: addresses hold ids of persons and cases. The log has the route's
pattern (`people/<ulid:person_id>/`), so it says which page is slow or broken, not whose.
"""

import os
import time

import structlog
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from nyumbani.kit import uploads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nyumbani.config.settings")

LARGEST_BODY = 8 * 1024 * 1024  # bytes; doors and forms have smaller limits of their own, and
# pages that take files a larger one (nyumbani.kit.uploads)
SLOW = 1.0  # seconds

log = structlog.get_logger("nyumbani.web")


class Handler(WSGIHandler):
    """Django's handler with a limit before a body is read, and a line in the log afterwards.

    A line is written of answers that are slow or 5xx; of all of them with NYUMBANI_ACCESS_LOG=1.
    """

    def __init__(self) -> None:
        super().__init__()
        self._all = settings.NYUMBANI_ACCESS_LOG

    def get_response(self, request: WSGIRequest) -> HttpResponseBase:  # type: ignore[override]
        """Answer a request."""
        if _is_too_large(request):
            return HttpResponse(status=413, content_type="text/plain")
        began = time.perf_counter()
        response = super().get_response(request)
        seconds = time.perf_counter() - began
        if self._all or response.status_code >= 500 or seconds > SLOW:
            log.info(
                "page.answered", method=request.method, route=route_of(request),
                status=response.status_code, ms=round(seconds * 1000),
            )  # fmt: skip
        return response


def route_of(request: WSGIRequest) -> str:
    """The pattern of the page asked for; never the address itself."""
    found = request.resolver_match
    if found is None:
        try:
            found = resolve(request.path_info)
        except Resolver404:
            is_file = request.path_info.startswith(settings.STATIC_URL)
            return settings.STATIC_URL if is_file else "(unknown)"
    return "/" + found.route


def _is_too_large(request: WSGIRequest) -> bool:
    size = _size(request)
    return size > LARGEST_BODY and size > uploads.most_at(request.path_info)


def _size(request: WSGIRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


get_wsgi_application()  # sets Django up
application = Handler()

"""Webhooks take the short way: no session, no language, no messages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

Next = Callable[[HttpRequest], HttpResponse]


class WebhookLane:
    """Answer `/hooks/…` before the middleware that pages need; it comes first in the list."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the short way if this is a webhook."""
        if not request.path_info.startswith("/hooks/"):
            return self.get_response(request)
        try:
            found = resolve(request.path_info)
        except Resolver404:
            return HttpResponse(status=404)
        answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
        return answer

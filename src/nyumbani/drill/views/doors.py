"""What all pages of this room have in common."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


def only_in_demo(page: Page[P]) -> Page[P]:
    """Answer 404 in a real house: there is no such page there."""

    @functools.wraps(page)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.NYUMBANI_DEMO:
            raise Http404
        return page(request, *args, **kwargs)

    return guarded

"""What every answer says about itself: kept nowhere, indexed nowhere, small on the wire.

Their places in settings.MIDDLEWARE, from outside in:

    LeanAnswers          first, so that it sees the headers of all the others
    SecurityMiddleware
    Compression          outside WhiteNoise, so that styles and scripts are compressed too
    WhiteNoiseMiddleware
    PrivatePages         inside WhiteNoise: files anybody may keep, pages nobody
"""

import re
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

GetResponse = Callable[[HttpRequest], HttpResponseBase]

_COMPRESSED = re.compile(r"text/(html|css|javascript)|image/svg\+xml")
_FEATURES = ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "midi")
_KEPT = {"cache-control", "date", "connection"}


class PrivatePages:
    """Pages are stored by no browser, proxy or search engine, and may use no sensor.

    A stolen laptop's disk and a shared computer's Back button then hold nothing of a case.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say how the answer may be kept."""
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = ", ".join(f"{feature}=()" for feature in _FEATURES)
        response.setdefault("X-Robots-Tag", "noindex, nofollow, noarchive")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class LeanAnswers:
    """A 204, the answer to most polls, carries no document: what protects documents is left off.

    Fifty open inboxes on prepaid data then cost 0.2 kB a poll instead of 1. Cookies stay.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; of a 204 keep only what a browser needs."""
        response = self.get_response(request)
        if response.status_code == 204:
            for name in [name for name in response.headers if name.lower() not in _KEPT]:
                del response[name]
        return response


class Compression(GZipMiddleware):
    """Compress pages, styles and scripts, but nothing a stranger can make us send at will.

    BREACH: whoever can write into a page, and sees its compressed length, can guess what else
    stands in it. Here strangers do write into pages: their messages. So

    * answers to polls (X-Poll), which a message from outside sets off within seconds, are never
      compressed; whole pages are sent only when a member of staff opens them, and a foreign
      site cannot make a browser open them with its session (SameSite cookies);
    * to whole pages Django adds up to 100 random bytes, and CSRF tokens are masked anew each time;
    * only complete answers (200): a 304 or a range must keep its bytes, sound is small already.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress the answer if it is one of those named above."""
        kind = response.get("Content-Type", "")
        if response.status_code != 200 or "X-Poll" in request.headers:
            return response
        if not _COMPRESSED.match(kind):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed

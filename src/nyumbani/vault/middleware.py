"""While nobody has given the installation key, every page says calmly that the house is locked.

Its place in settings.MIDDLEWARE: inside WhiteNoise and LocaleMiddleware, outside everything that
may need a key. Webhooks pass before it (inbox.middleware) and answer 503 by themselves.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from nyumbani.vault import keyring

RETRY_AFTER = 60  # seconds

Page = Callable[[HttpRequest], HttpResponse]


class HouseLocked:
    """503 and a calm page instead of any page, until `nyumbani unlock`."""

    def __init__(self, get_response: Page) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, unless nothing personal could be opened."""
        try:
            keyring.installation_keys()
        except (keyring.Locked, keyring.BadKey):
            return _locked()
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:  # noqa: ARG002
        """The same when the key that is there turns out not to be this house's."""
        return _locked() if isinstance(error, (keyring.Locked, keyring.BadKey)) else None


def _locked() -> HttpResponse:
    # Without the request: no context processor, so no session and no database is asked.
    answer = HttpResponse(render_to_string("vault/locked.html"), status=503)
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer

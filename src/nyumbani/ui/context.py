"""What every page is given: the way through the house, its language, who is signed in."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from nyumbani.ui import navigation, words


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor behind ui/base.html and ui/public.html.

    `nav` and `staff_name` are asked for only by pages that show them: an error page must not
    need the database.
    """
    return {
        "nav": partial(navigation.links, request),
        "staff_name": partial(_staff_name, request),
        "languages": settings.LANGUAGES,
        "language": get_language() or settings.LANGUAGE_CODE,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "house_time": partial(_house_time),
        "banners": navigation.banners(),
        "demo": settings.NYUMBANI_DEMO,
        "exit_url": settings.NYUMBANI_EXIT_URL,
    }


def _house_time() -> str:
    return words.now().isoformat(timespec="milliseconds")


def _staff_name(request: HttpRequest) -> str:
    """The name of who is signed in, empty before sign-in; `ui` knows no more of staff than that."""
    who = getattr(request, "user", None)
    return str(getattr(who, "display_name", "")) if who and who.is_authenticated else ""

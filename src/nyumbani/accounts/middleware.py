"""Two gates between a signed-in session and the pages: the lock, and the second factor.

Pages marked `login_not_required` are public, show nothing personal, and pass both.
"""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nyumbani.accounts.guards import Sitting

Page = Callable[..., HttpResponse]

POLL = "X-Poll"

# What somebody needs on the way to a first second factor, and nothing else.
ENROLMENT = frozenset(
    {
        "accounts:second-factor",
        "accounts:lock",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    }
)


class SessionLock:
    """A session that was hidden or left alone opens nothing until its owner gives a proof.

    While locked, `request.user` is nobody and `request.locked_staff` is who may unlock.
    """

    def __init__(self, get_response: Page) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the staff member away from a locked session; let no browser keep a page for Back."""
        sitting = Sitting(request.session)
        if sitting.is_signed_in and sitting.is_locked and request.user.is_authenticated:
            request.locked_staff = request.user  # type: ignore[attr-defined]
            request.user = AnonymousUser()
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Page, *_: object, **__: object
    ) -> HttpResponse | None:
        """Show the unlock page instead of anything that needs a signed-in person."""
        sitting = Sitting(request.session)
        if not hasattr(request, "locked_staff"):
            # What the page fetches by itself (ui.js marks it) is no sign that somebody is there.
            if sitting.is_signed_in and POLL not in request.headers:
                sitting.touch()
            return None
        if _name_of(request) == "account_logout" and request.method == "POST":
            logout(request)
            return redirect("account_login")
        if not _needs_sign_in(view):
            return None
        is_page = request.method == "GET" and POLL not in request.headers
        sitting.lock(request.path if is_page else "")  # no query: it may hold somebody's name
        return redirect("accounts:unlock")


class SecondFactorRequired:
    """Nobody gets further than setting up a second factor before there is one.

    What counts is this session: it must itself have shown or set up the second factor.
    """

    def __init__(self, get_response: Page) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the decision needs to know the page."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Page, *_: object, **__: object
    ) -> HttpResponse | None:
        """Lead to the second factor's set-up; end a session that slept through one."""
        sitting = Sitting(request.session)
        if sitting.is_stray:
            # A visitor of the demonstration has no business in a real house, not even to set
            # up a second factor.
            logout(request)
            is_locked = hasattr(request, "locked_staff")
            return redirect("account_login") if is_locked or _needs_sign_in(view) else None
        if not _needs_sign_in(view) or not request.user.is_authenticated:
            return None
        if sitting.is_proven:
            return None
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        if is_mfa_enabled(request.user, kinds):
            # It was set up in another session: this one knows only the password.
            logout(request)
            return redirect("account_login")
        if _name_of(request) in ENROLMENT:
            return None
        return redirect("accounts:second-factor")


def _needs_sign_in(view: Page) -> bool:
    return getattr(view, "login_required", True)


def _name_of(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""

"""Hiding, unlocking, and leaving without a trace."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from nyumbani.accounts.actions import own
from nyumbani.accounts.forms import UnlockForm
from nyumbani.accounts.guards import Sitting
from nyumbani.accounts.viewers import actor_for, actor_of


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Hide: from this moment the session opens nothing."""
    Sitting(request.session).lock(_on_this_site(request.POST.get("back", "")))
    own.note(by=actor_of(request), verb="session.hidden")
    return redirect("accounts:unlock")


@login_not_required
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Give password or code, and go on where one was."""
    staff = getattr(request, "locked_staff", None)
    if staff is None:
        return redirect("/")
    sitting = Sitting(request.session)
    form = UnlockForm(request.POST or None, staff=staff)
    # Visitors of the demonstration have no password: they may always go on.
    if request.method == "POST" and (sitting.is_demo or form.is_valid()):
        back = sitting.unlock()
        own.note(by=actor_for(staff), verb="session.unlocked")
        # Not redirect(): that would look for a page of this name, or a model.
        return HttpResponseRedirect(_on_this_site(back) or "/")
    return render(request, "accounts/locked.html", {"form": form, "is_demo": sitting.is_demo})


@require_safe
def stay(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the gate has noted the activity
    """Somebody is typing a long text: the page says so now and then, and the session stays open."""
    return HttpResponse(status=204)


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Exit: the session is gone, the browser goes to a neutral place."""
    logout(request)
    return redirect("accounts:left")


@login_not_required
@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """An empty page that moves on at once.

    In two steps, because browsers refuse a form's redirect to another site under our policy.
    """
    response = render(request, "accounts/left.html", {"neutral": settings.NYUMBANI_EXIT_URL})
    response["Refresh"] = f"0; url={settings.NYUMBANI_EXIT_URL}"
    response["Clear-Site-Data"] = '"cache"'
    return response


def _on_this_site(address: str) -> str:
    if not address.startswith("/") or not url_has_allowed_host_and_scheme(address, None):
        return ""
    return urlsplit(address).path  # no query: it may hold somebody's name

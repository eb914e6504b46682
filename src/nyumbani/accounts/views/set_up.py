"""Coming in by a set-up link, or into the demonstration."""

from http import HTTPStatus
from ipaddress import ip_address

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from nyumbani.accounts import actions
from nyumbani.accounts.forms import FirstForm, PasswordForm, RoleForm
from nyumbani.accounts.guards import Sitting
from nyumbani.accounts.terms import INVENTED, LinkClosed, NotPossible, Role
from nyumbani.accounts.viewers import Guest, guest_with, or_404
from nyumbani.kit.doer import System

# Whoever holds a link is nobody the ledger could name yet.
BY_LINK = System("set-up-link")


@login_not_required
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """Choose name and password, once; then straight on to the second factor."""
    guest = guest_with(token)
    if guest is None:
        return _closed(request)
    if guest.waits:
        return render(request, "accounts/set_up_waits.html", status=HTTPStatus.FORBIDDEN)
    form = _form_for(guest, request)
    if request.method == "POST" and form.is_valid():
        try:
            return _come_in(request, token, guest, form)
        except LinkClosed:
            return _closed(request)
        except NotPossible as why:
            form.add_error("username", str(why))
    return render(request, "accounts/set_up.html", {"form": form, "guest": guest})


@login_not_required
@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """One button a role; only in the demonstration, only from this machine."""
    _only_in_demo(request)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data["role"]
        return _visit(request, actions.enter_demo(role=role, by=System("demo")))
    parts = [(role, name) for role, (_, name) in INVENTED.items()]
    return render(request, "accounts/demo.html", {"parts": parts})


@login_not_required
@require_GET
def demo_link(request: HttpRequest, token: str) -> HttpResponse:
    """The address `nyumbani demo` prints: in one step to the caseworker's desk."""
    _only_in_demo(request)
    try:
        staff = actions.use_demo_link(token=token, role=Role.CASEWORKER, by=BY_LINK)
    except LinkClosed:
        return _closed(request)
    return _visit(request, staff)


def _form_for(guest: Guest, request: HttpRequest) -> PasswordForm:
    form = PasswordForm(request.POST or None) if guest.staff_id else FirstForm(request.POST or None)
    form.known = {"username": guest.username, "display_name": guest.display_name}
    return form


def _come_in(request: HttpRequest, token: str, guest: Guest, form: PasswordForm) -> HttpResponse:
    password = form.cleaned_data["password1"]
    if guest.staff_id:
        staff = actions.set_up_invited(token=token, password=password, by=BY_LINK)
    else:
        staff = actions.set_up_first(
            token=token,
            username=form.cleaned_data["username"],
            display_name=form.cleaned_data["display_name"],
            password=password,
            by=BY_LINK,
        )
    logout(request)  # an administrator may be trying the link in their own browser
    response: HttpResponse = perform_login(request, staff)
    return response


def _visit(request: HttpRequest, staff: object) -> HttpResponse:
    logout(request)
    response: HttpResponse = perform_login(request, staff, redirect_url="/")
    Sitting(request.session).mark_demo()
    return response


def _only_in_demo(request: HttpRequest) -> None:
    # A forwarded request comes from somebody else's machine, whatever address it arrives from.
    is_forwarded = "X-Forwarded-For" in request.headers
    here = _is_loopback(request.META.get("REMOTE_ADDR", "")) and not is_forwarded
    or_404(bool(settings.NYUMBANI_DEMO) and here)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:  # a socket in the file system
        return False


def _closed(request: HttpRequest) -> HttpResponse:
    """One page for wrong, used and too old."""
    return render(request, "accounts/set_up_closed.html", status=HTTPStatus.NOT_FOUND)

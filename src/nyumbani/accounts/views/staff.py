"""Pages of administrators: who works here, inviting, roles, leaving; what directors agree to."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nyumbani.accounts import actions, queries
from nyumbani.accounts.actions import agreement, roles
from nyumbani.accounts.forms import InviteForm, RoleForm
from nyumbani.accounts.leaving import StillHeld
from nyumbani.accounts.permissions import CASE_ROLES
from nyumbani.accounts.queries import Account
from nyumbani.accounts.terms import NotPossible
from nyumbani.accounts.viewers import actor_of, or_404, viewer_of


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Everybody who works here or did."""
    viewer = viewer_of(request)
    or_404(viewer.may_look_after_staff)
    shown = {"accounts": queries.accounts(viewer), "first": queries.first_directors(viewer)}
    return render(request, "accounts/staff.html", shown)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """A colleague gets a name, roles and a link, which is shown once."""
    or_404(viewer_of(request).may_look_after_staff)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            staff, token = actions.invite(**form.cleaned_data, by=actor_of(request))
        except NotPossible as why:
            form.add_error(None, str(why))
        else:
            return _link_page(request, staff.pk, token)
    return render(request, "accounts/invite.html", {"form": form})


@require_GET
def person(request: HttpRequest, staff_id: str) -> HttpResponse:
    """One account: roles now and formerly, and what an administrator may do about it."""
    account = _account(request, staff_id)
    shown = {
        "account": account,
        "grants": queries.grants_of(viewer_of(request), staff_id),
        "proposed": queries.proposed_for(viewer_of(request), staff_id),
        "form": RoleForm(),
        "is_self": account.staff_id == viewer_of(request).staff_id,
    }
    return render(request, "accounts/staff_person.html", shown)


@require_POST
def grant(request: HttpRequest, staff_id: str) -> HttpResponse:
    """Give a role."""
    _account(request, staff_id)
    form = RoleForm(request.POST)
    or_404(form.is_valid())
    try:
        counts = roles.grant_role(
            staff_id=staff_id, role=form.cleaned_data["role"], by=actor_of(request)
        )
        if not counts:
            messages.success(request, _("Waiting for a director to agree."))
    except NotPossible as why:
        messages.error(request, str(why))
    return redirect("accounts:staff-person", staff_id)


@require_POST
def end(request: HttpRequest, staff_id: str) -> HttpResponse:
    """End a role; whatever they still answer for passes to a colleague first."""
    account = _account(request, staff_id)
    form = RoleForm(request.POST)
    or_404(form.is_valid())
    try:
        roles.end_role(
            staff_id=staff_id, role=form.cleaned_data["role"], to=request.POST.get("to", ""),
            by=actor_of(request),
        )  # fmt: skip
    except StillHeld as held:
        return _take_over_page(request, account, held.things)
    except NotPossible as why:
        messages.error(request, str(why))
    return redirect("accounts:staff-person", staff_id)


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, staff_id: str) -> HttpResponse:
    """A new set-up link for who lost phone or password; asks first, as it signs them out."""
    account = _account(request, staff_id)
    if request.method == "POST":
        try:
            token = actions.issue_link(staff_id=staff_id, by=actor_of(request))
        except NotPossible as why:
            messages.error(request, str(why))
            return redirect("accounts:staff-person", staff_id)
        return _link_page(request, staff_id, token)
    return render(request, "accounts/new_link.html", {"account": account})


@require_http_methods(["GET", "POST"])
def deactivate(request: HttpRequest, staff_id: str) -> HttpResponse:
    """A colleague leaves; asks first, as it cannot be taken back by a click."""
    account = _account(request, staff_id)
    if request.method == "POST":
        try:
            to = request.POST.get("to", "")
            roles.deactivate(staff_id=staff_id, to=to, by=actor_of(request))
        except StillHeld as held:
            return _take_over_page(request, account, held.things)
        except NotPossible as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("The account is closed and its sessions have ended."))
        return redirect("accounts:staff-person", staff_id)
    return render(request, "accounts/deactivate.html", {"account": account})


@require_POST
def bring_back(request: HttpRequest, staff_id: str) -> HttpResponse:
    """A colleague who left works here again."""
    _account(request, staff_id)
    roles.bring_back(staff_id=staff_id, by=actor_of(request))
    return redirect("accounts:staff-person", staff_id)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """What administrators propose and a director, as the second person, agrees to or not."""
    viewer = viewer_of(request)
    or_404(viewer.may_agree)
    shown = {
        "waiting": queries.waiting_for_a_director(viewer),
        "first": queries.first_directors(viewer),
    }
    return render(request, "accounts/waiting.html", shown)


@require_POST
def decide(request: HttpRequest, staff_id: str) -> HttpResponse:
    """A director agrees to what the page listed for a colleague, or does not."""
    or_404(viewer_of(request).may_agree)
    decisions = {"agree": agreement.agree, "decline": agreement.decline}
    decide_so = decisions.get(request.POST.get("answer", ""))
    proposals = request.POST.getlist("proposal")
    if decide_so is None:
        raise Http404
    try:
        decide_so(staff_id=staff_id, proposals=proposals, by=actor_of(request))
    except NotPossible as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("It is written down."))
    return redirect("accounts:waiting")


def _account(request: HttpRequest, staff_id: str) -> Account:
    account = queries.account(viewer_of(request), staff_id)
    if account is None:
        raise Http404
    return account


def _take_over_page(request: HttpRequest, account: Account, things: list[str]) -> HttpResponse:
    """What somebody still answers for, and who could; sent back to the same address."""
    others = queries.colleagues_with(viewer_of(request), *CASE_ROLES)
    shown = {
        "account": account,
        "things": things,
        "colleagues": [one for one in others if one.staff_id != account.staff_id],
        "role": request.POST.get("role", ""),
    }
    return render(request, "accounts/take_over.html", shown)


def _link_page(request: HttpRequest, staff_id: str, token: str) -> HttpResponse:
    # Shown in this answer and kept nowhere: no redirect that would have to remember it.
    address = request.build_absolute_uri(reverse("accounts:set-up", args=[token]))
    viewer = viewer_of(request)
    shown = {
        "account": queries.account(viewer, staff_id),
        "address": address,
        "proposed": queries.proposed_for(viewer, staff_id),
    }
    return render(request, "accounts/link.html", shown)

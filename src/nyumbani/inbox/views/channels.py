"""Channels: our own numbers, pages and boxes, whether they are well, and how they are set up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nyumbani.accounts.viewers import actor_of, or_404, viewer_of
from nyumbani.inbox.actions import care, doors
from nyumbani.inbox.channels import registry
from nyumbani.inbox.forms.channels import ConnectForm, SecretsForm, TestForm
from nyumbani.inbox.permissions import may_set_up_channels
from nyumbani.inbox.queries import channels
from nyumbani.inbox.templatetags.inbox import why_not
from nyumbani.kit.found import found


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """One card an account."""
    viewer = viewer_of(request)
    or_404(may_set_up_channels(viewer))
    shown = {
        "cards": [(card, _test_form(card.account.pk)) for card in channels.cards(viewer)],
        "kinds": channels.kinds(viewer),
    }
    return render(request, "inbox/channels.html", shown)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def connect(request: HttpRequest, kind: str) -> HttpResponse:
    """Set up a new account; what was made for it is shown this once."""
    viewer = viewer_of(request)
    or_404(kind in channels.kinds(viewer))
    form = ConnectForm(request.POST or None, channel=registry.channel(kind))
    if request.method == "POST" and form.is_valid():
        if not channels.is_connected(viewer, kind, form.cleaned_data["account"]):
            return _connected(request, form)
        form.add_error("account", _("It is connected already. Give it new secrets there."))
    return render(request, "inbox/channel_connect.html", {"form": form, "kind": kind})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, account_id: str) -> HttpResponse:
    """Replace secrets; an account that was stopped starts again."""
    account = found(channels.account(viewer_of(request), account_id))
    form = SecretsForm(request.POST or None, channel=registry.channel(account.channel))
    if request.method == "POST" and form.is_valid():
        given, _made = form.given()
        care.renew(account=account, given=given, by=actor_of(request))
        messages.success(request, _("Kept. The channel works with it from now on."))
        return redirect("inbox:channels")
    return render(request, "inbox/channel_secrets.html", {"form": form, "account": account})


@require_POST
def test(request: HttpRequest, account_id: str) -> HttpResponse:
    """Send fixed words to an address of the office's own."""
    account = found(channels.account(viewer_of(request), account_id))
    form = TestForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say where the test goes."))
        return redirect("inbox:channels")
    try:
        care.begin_test(account=account, to=form.cleaned_data["to"], by=actor_of(request))
    except care.NotTested as refusal:
        messages.error(request, why_not(refusal.answer))
    else:
        messages.success(request, _("What became of the test stands on the channel's card."))
    return redirect("inbox:channels")


def _test_form(account_id: str) -> TestForm:
    return TestForm(auto_id=f"test-{account_id}-%s")


def _connected(request: HttpRequest, form: ConnectForm) -> HttpResponse:
    given, made = form.given()
    kind = form.channel.kind
    row = doors.connect(
        channel=kind, account=form.cleaned_data["account"], label=form.cleaned_data["label"],
        secrets=given, by=actor_of(request),
    )  # fmt: skip
    path = form.channel.setup.path(f"/hooks/{kind}/", given)
    questions = {one.name: one.question for one in form.channel.setup.secrets}
    shown = {
        "account": row,
        "address": request.build_absolute_uri(path) if path else "",
        "made": [(_(questions[name]), value) for name, value in made.items()],
    }
    return render(request, "inbox/channel_connected.html", shown)

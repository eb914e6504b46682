"""Setting up, looking at and taking away second factors; the library does the cryptography."""

import ipaddress
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.generic.edit import FormView

from nyumbani.accounts import queries
from nyumbani.accounts.actions import own
from nyumbani.accounts.forms import AuthenticatorAppForm, PasskeyForm
from nyumbani.accounts.guards import Sitting
from nyumbani.accounts.viewers import actor_of, viewer_of


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The first thing after a first sign-in: an app or a passkey, before anything else opens."""
    return render(request, "accounts/choose_second_factor.html", _passkeys_work(request))


class Overview(factor.IndexView):  # type: ignore[misc]
    """Which second factors there are, and how many recovery codes are left."""

    template_name = "accounts/second_factors.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Say besides whether a browser would make passkeys for this address."""
        return {**super().get_context_data(**kwargs), **_passkeys_work(self.request)}


class _Noted:
    """The library's change and its line in the ledger are one transaction."""

    request: HttpRequest
    verb = ""
    kind = ""
    proves = False  # whether the change shows that the second factor is in this person's hands

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Do it, write it down."""
        by = actor_of(self.request)
        with transaction.atomic():
            own.note(by=by, verb=self.verb, kind=self.kind)
            self.before()
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            sitting = Sitting(self.request.session)
            if self.proves and not sitting.is_proven:
                # Sessions that know only the password end now.
                own.end_other_sessions(keep=str(self.request.session.session_key), by=by)
                sitting.prove()
        return response

    def before(self) -> None:
        """What has to happen first, in the same transaction."""


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class SetUpApp(_Noted, totp.ActivateTOTPView):  # type: ignore[misc]
    """Scan the picture, type the first code; a former phone stops giving codes."""

    template_name = "accounts/set_up_app.html"
    form_class = AuthenticatorAppForm
    verb = "staff.second_factor_added"
    kind = "totp"
    proves = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
        """Past the library's refusal to set up an app twice: here it means a new phone."""
        return FormView.dispatch(self, request, *args, **kwargs)

    def before(self) -> None:
        """Forget the former phone."""
        own.forget_authenticator_app(by=actor_of(self.request))


class TakeAppAway(_Noted, totp.DeactivateTOTPView):  # type: ignore[misc]
    """No codes from the phone app any more; refused where nothing else would be left."""

    template_name = "accounts/take_app_away.html"
    verb = "staff.second_factor_removed"
    kind = "totp"


class Passkeys(webauthn.ListWebAuthnView):  # type: ignore[misc]
    """One's passkeys."""

    template_name = "accounts/passkeys.html"


class AddPasskey(_Noted, webauthn.AddWebAuthnView):  # type: ignore[misc]
    """The phone, computer or key fob itself becomes the second factor."""

    template_name = "accounts/add_passkey.html"
    form_class = PasskeyForm
    verb = "staff.second_factor_added"
    kind = "passkey"
    proves = True


class TakePasskeyAway(_Noted, webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """A passkey opens nothing any more; refused where nothing else would be left."""

    template_name = "accounts/take_passkey_away.html"
    verb = "staff.second_factor_removed"
    kind = "passkey"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Refuse for the last one."""
        if queries.second_factors(viewer_of(self.request)) < 2:
            text = _("This is your only second factor. Add another one first.")
            messages.error(self.request, text)
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)


class NewRecoveryCodes(_Noted, recovery.GenerateRecoveryCodesView):  # type: ignore[misc]
    """Ten fresh codes; the former ones are worth nothing."""

    template_name = "accounts/new_recovery_codes.html"
    verb = "staff.recovery_codes_made"
    kind = "recovery"


class RecoveryCodes(recovery.ViewRecoveryCodesView):  # type: ignore[misc]
    """The codes, shown once."""

    template_name = "accounts/recovery_codes.html"


def _passkeys_work(request: HttpRequest) -> dict[str, bool]:
    host = request.get_host().rpartition(":")[0] or request.get_host()
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return {"passkeys_work": request.is_secure() or host == "localhost"}
    return {"passkeys_work": False}  # browsers make passkeys for names only

"""Coming in and going out: the library's pages in our look and words."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.webauthn import views as webauthn
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from nyumbani.accounts import queries
from nyumbani.accounts.forms import (
    CodeForm,
    ConfirmCodeForm,
    ConfirmPasswordForm,
    NewPasswordForm,
    SignInForm,
)
from nyumbani.accounts.viewers import viewer_of

sign_in = account.LoginView.as_view(template_name="accounts/sign_in.html", form_class=SignInForm)
sign_out = account.LogoutView.as_view(template_name="accounts/sign_out.html")
give_code = factor.AuthenticateView.as_view(
    template_name="accounts/give_code.html", form_class=CodeForm
)
confirm_by_password = account.ReauthenticateView.as_view(
    template_name="accounts/confirm.html", form_class=ConfirmPasswordForm
)
confirm_by_code = factor.ReauthenticateView.as_view(
    template_name="accounts/confirm.html", form_class=ConfirmCodeForm
)
confirm_by_passkey = webauthn.ReauthenticateWebAuthnView.as_view(
    template_name="accounts/confirm_passkey.html"
)


class ChangePassword(account.PasswordChangeView):  # type: ignore[misc]
    """A new password; invented staff of the demonstration have none to change."""

    template_name = "accounts/change_password.html"
    form_class = NewPasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
        """Refuse where there is no password."""
        if not queries.own_account(viewer_of(request)).has_password:
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    def get_default_success_url(self) -> str:
        """Back to one's own account."""
        return "/me/"

    @transaction.atomic
    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        """Set it, end the other sessions."""
        return super().form_valid(form)  # type: ignore[no-any-return]


change_password = ChangePassword.as_view()

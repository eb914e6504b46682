"""What staff fill in about themselves and their colleagues."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nyumbani.accounts.terms import SIGN_IN_NAME, Role

NAME_ATTRS = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
CODE_ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
# Seconds: longer than any code stays valid (30 before, 30 its own, 30 after: MFA_TOTP_TOLERANCE).
USED_FOR = 3 * 60
CODE_LENGTHS = (6, 8)  # app, recovery code; passwords are longer


class SignInForm(LoginForm):  # type: ignore[misc]
    """Sign-in name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        _ask(self, "login", _("Sign-in name"), **NAME_ATTRS)
        _ask(self, "password", _("Password"))


class ConfirmPasswordForm(ReauthenticateForm):  # type: ignore[misc]
    """The password again, before a delicate change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        _ask(self, "password", _("Password"))


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        _ask(self, "oldpassword", _("Present password"))
        _ask(self, "password1", _("New password"))
        _ask(self, "password2", _("New password once more"))
        self.fields["password1"].help_text = PASSWORD_HELP


class _CodeOnce:
    """A code that was accepted is not accepted again while it would still be valid."""

    user: AbstractBaseUser

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        _ask(self, "code", _("Code"), **CODE_ATTRS)  # type: ignore[arg-type]

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        # As the library reads it: 123456, "123 456" and 123-456 are one code.
        spelt = normalize_user_code(code)
        if not cache.add(f"code-used:{self.user.pk}:{spelt}", "y", USED_FOR):
            raise get_factor_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_CodeOnce, AuthenticateForm):  # type: ignore[misc]
    """A code from the app, or a recovery code, at sign-in."""


class ConfirmCodeForm(_CodeOnce, ReauthenticateByCodeForm):  # type: ignore[misc]
    """A code again, before a delicate change."""


class AuthenticatorAppForm(_CodeOnce, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a newly set up app."""


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """What a new passkey is called; the browser fills in the rest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        _ask(self, "name", _("What you call this device"))


class UnlockForm(forms.Form):
    """Password or code, to open a locked session again."""

    answer = forms.CharField(
        label=_("Password, or a code from your app"),
        strip=False,  # a password may begin or end with a space
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, *args: Any, staff: AbstractBaseUser, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.staff = staff

    def clean_answer(self) -> str:
        """Try it as what it looks like; the sign-in limits hold here too."""
        answer: str = self.cleaned_data["answer"]
        code = answer.strip()
        if code.isdecimal() and len(code) in CODE_LENGTHS:
            by_code = ConfirmCodeForm({"code": code}, user=self.staff)
            if not by_code.is_valid():
                raise ValidationError(by_code.errors.as_data()["code"])
            by_code.save()
        elif not get_adapter().reauthenticate(self.staff, answer):
            raise get_adapter().validation_error("incorrect_password")
        return answer


PASSWORD_HELP = _(
    "At least 12 characters. Three or four words that do not belong together do well."
)


class PasswordForm(forms.Form):
    """A password for oneself, typed twice."""

    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password once more"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.known = {"username": "", "display_name": ""}  # what is known of who types

    def clean(self) -> dict[str, Any]:
        """Both the same, and not one that others would guess."""
        given: dict[str, Any] = super().clean() or {}
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        elif first:
            names = {key: given.get(key, value) for key, value in self.known.items()}
            try:
                validate_password(first, get_user_model()(**names))
            except ValidationError as error:
                self.add_error("password1", error)
        return given


class FirstForm(PasswordForm):
    """Name and password of the first administrator."""

    display_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=63,
        help_text=SIGN_IN_NAME.message,
        widget=forms.TextInput(attrs=NAME_ATTRS),
    )
    field_order = ["display_name", "username", "password1", "password2"]

    def clean_username(self) -> str:
        """Small letters, however it was typed."""
        return _sign_in_name(self.cleaned_data["username"])


class InviteForm(forms.Form):
    """A colleague to be, and what they will do."""

    display_name = forms.CharField(label=_("Name"), max_length=120)
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=63,
        help_text=SIGN_IN_NAME.message,
        widget=forms.TextInput(attrs=NAME_ATTRS | {"autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )

    def clean_username(self) -> str:
        """Small letters, however it was typed."""
        return _sign_in_name(self.cleaned_data["username"])

    def clean_roles(self) -> list[Role]:
        """The roles ticked."""
        return [Role(value) for value in self.cleaned_data["roles"]]


class RoleForm(forms.Form):
    """One role to give or to end."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

    def clean_role(self) -> Role:
        """The role chosen."""
        return Role(self.cleaned_data["role"])


class DetailsForm(forms.Form):
    """What somebody is called, and in which language they read."""

    display_name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", pgettext_lazy("language", "As the browser says")), *settings.LANGUAGES],
    )


def _ask(form: forms.Form, name: str, label: Any, **attrs: str) -> None:  # noqa: ANN401
    """Give a field of the library our label; a placeholder would vanish while one types."""
    field = form.fields[name]
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


def _sign_in_name(typed: str) -> str:
    name = typed.strip().lower()
    SIGN_IN_NAME(name)
    return name

"""How allauth is made to fit the house: closed, by sign-in name, limited by name, written down."""

import base64
from typing import Any

import qrcode  # type: ignore[import-untyped]  # comes with allauth[mfa]
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from nyumbani.accounts.actions import own
from nyumbani.accounts.guards import Acquaintance, Sitting
from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import actor_for, in_language
from nyumbani.kit.doer import System
from nyumbani.vault import datakeys, envelope
from nyumbani.vault.terms import HOUSE

WRONG = _("The sign-in name or the password is not right.")
WAIT = _("Too many attempts. Wait some minutes, then try again.")
WRONG_CODE = _("This code is not right, or was used already. Wait for the next one.")


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in of staff."""

    _sitting_of: str | None = None  # whose open session asks for the password again

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "account_inactive": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": WRONG_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up: colleagues are invited."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only addresses on this site, written without a host."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Refuse an attempt when there were too many for this name, from here or altogether.

        Never by address alone: a whole office stands behind one. An open session, and a browser
        in which this person has signed in before, have counts of their own: what strangers spend
        elsewhere keeps nobody out there. Raises `ValidationError`.
        """
        self._spent = []
        for action, key in self._counts(request, credentials.get("username", "").lower()):
            usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
            if usage is None:
                raise self.validation_error("too_many_login_attempts")
            self._spent.append(usage)

    def _counts(self, request: HttpRequest, name: str) -> list[tuple[str, str]]:
        """Which attempts are counted, under which key."""
        if self._sitting_of is not None:
            return [("unlock", f"{self._sitting_of}:{request.session.session_key}")]
        number = Acquaintance(request).number_of(name)
        if number:
            return [("sign_in_again", number)]
        here = f"{name}@{ratelimit.get_ip(request)}"
        return [("sign_in_here", here), ("sign_in_anywhere", name)]

    def reauthenticate(self, user: Staff, password: str) -> bool:
        """Whether this is the password of whose session this is, which was open before."""
        self._sitting_of = user.pk
        return bool(super().reauthenticate(user, password))

    def authenticate(self, request: HttpRequest, **credentials: str) -> Staff | None:
        """The one whose name and password these are, if they still work here."""
        staff: Staff | None = super().authenticate(request, **credentials)
        if staff is not None and not staff.is_active:
            self.authentication_failed(request, **credentials)
            return None
        for usage in self._spent if staff is not None else ():
            usage.rollback()  # a good password does not count as an attempt
        return staff

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:  # noqa: ARG002
        """Write down that somebody tried to come in as one of us."""
        own.note_failed_sign_in(username=credentials.get("username", ""), by=System("sign-in"))

    def login(self, request: HttpRequest, user: Staff) -> None:
        """Begin the session, and write down with which factors."""
        methods = [str(record["method"]) for record in get_authentication_records(request, user)]
        super().login(request, user)
        Sitting(request.session).begin(proven="mfa" in methods)
        factor = "second_factor" if "mfa" in methods else "none_yet"
        own.note(by=actor_for(user), verb="staff.signed_in", factor=factor)

    def post_login(self, request: HttpRequest, user: Staff, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        """Go on to where one wanted, in the language one reads."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if Sitting(request.session).is_proven:
            Acquaintance(request).note(user.username, response)
        return in_language(response, user.language) if user.language else response

    def logout(self, request: HttpRequest) -> None:
        """End the session."""
        if isinstance(request.user, Staff):
            own.note(by=actor_for(request.user), verb="staff.signed_out")
        super().logout(request)

    def respond_user_inactive(self, request: HttpRequest, user: Staff) -> HttpResponse:  # noqa: ARG002
        """Who left meets the sign-in page and learns nothing."""
        return redirect("account_login")

    def set_password(self, user: Staff, password: str) -> None:
        """Somebody changes their password."""
        own.set_password(staff=user, password=password, by=actor_for(user))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """No mail: the ledger has the line, and a mailbox may be in the wrong hands."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """The library's messages greet by name; pages say themselves what happened."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ANN401, ARG002
        """Ask again for password or code, unless given within the last minutes.

        Who has no second factor yet is asked for nothing more on the way to the first.
        """
        sitting = Sitting(context.request.session)
        return sitting.is_proven and not sitting.is_fresh and not sitting.is_demo


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors of staff; their secrets are sealed under the house's key."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _(
            "This is your only second factor. Add another one first, then take this one away."
        ),
        "cannot_generate_recovery_codes": _("Set up a second factor first."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret; raises vault errors while the house is locked."""
        key = datakeys.current(HOUSE)
        sealed = envelope.seal(key.key, key.id, text.encode(), _place(key))
        return base64.b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret; raises `CannotOpen` if it was changed."""
        sealed = base64.b64decode(encrypted_text)
        key = datakeys.by_id(envelope.key_id_of(sealed))
        return envelope.unseal(key.key, sealed, _place(key)).decode()

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan, on white: phones cannot read black on a dark page."""
        return str(qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode"))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether another second factor is left."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What the phone calls this place in its list of passkeys."""
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": self.get_totp_issuer()}


def _place(key: datakeys.OpenKey) -> str:
    return key.place("second factor", "secret")

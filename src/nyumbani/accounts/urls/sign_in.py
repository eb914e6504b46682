"""Sign-in pages under the names allauth reverses; what is not listed does not exist.

No sign-up, no e-mail, no password by e-mail, no sign-in by code alone.
"""

from django.urls import path

from nyumbani.accounts.views import me, second_factor, sign_in

urlpatterns = [
    path("", sign_in.sign_in, name="account_login"),
    path("out/", sign_in.sign_out, name="account_logout"),
    path("code/", sign_in.give_code, name="mfa_authenticate"),
    path("confirm/", sign_in.confirm_by_password, name="account_reauthenticate"),
    path("confirm/code/", sign_in.confirm_by_code, name="mfa_reauthenticate"),
    path("confirm/passkey/", sign_in.confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("password/", sign_in.change_password, name="account_change_password"),
    path("sessions/", me.Sessions.as_view(), name="usersessions_list"),
    path("second-factor/", second_factor.Overview.as_view(), name="mfa_index"),
    path("second-factor/app/", second_factor.SetUpApp.as_view(), name="mfa_activate_totp"),
    path(
        "second-factor/app/remove/",
        second_factor.TakeAppAway.as_view(),
        name="mfa_deactivate_totp",
    ),
    path("second-factor/passkeys/", second_factor.Passkeys.as_view(), name="mfa_list_webauthn"),
    path(
        "second-factor/passkeys/add/", second_factor.AddPasskey.as_view(), name="mfa_add_webauthn"
    ),
    path(
        "second-factor/passkeys/<int:pk>/remove/",
        second_factor.TakePasskeyAway.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "second-factor/codes/",
        second_factor.RecoveryCodes.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        second_factor.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
]

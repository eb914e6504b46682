from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nyumbani.ui.navigation import register


class AccountsConfig(AppConfig):
    name = "nyumbani.accounts"
    label = "accounts"

    def ready(self) -> None:
        from nyumbani.accounts.actions import tidy  # needs models, so not before ready()
        from nyumbani.jobs import registry

        registry.daily("accounts.tidy", tidy)
        register(80, _("Staff"), "accounts:staff", "staff", menu=True, may_see=_looks_after_staff)
        register(
            82, _("Waiting for a director"), "accounts:waiting", "staff", menu=True,
            may_see=_agrees,
        )  # fmt: skip
        register(90, _("My account"), "accounts:me", "person", menu=True)


def _looks_after_staff(request: HttpRequest) -> bool:
    from nyumbani.accounts.viewers import viewer_of  # needs models, so not before ready()

    return request.user.is_authenticated and viewer_of(request).may_look_after_staff


def _agrees(request: HttpRequest) -> bool:
    from nyumbani.accounts.viewers import viewer_of  # needs models, so not before ready()

    return request.user.is_authenticated and viewer_of(request).may_agree

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nyumbani.ui import navigation


class BroadcastsConfig(AppConfig):
    name = "nyumbani.broadcasts"
    label = "broadcasts"

    def ready(self) -> None:
        from nyumbani.broadcasts import (
            tabs,
            tasks,  # noqa: F401 - its jobs are known from now on
        )

        tabs.register()
        navigation.register(
            25, _("Messages to many"), "broadcasts:index", "people", may_see=_reads_cases
        )


def _reads_cases(request: HttpRequest) -> bool:
    from nyumbani.accounts.viewers import viewer_of  # needs models, so not before ready()

    return request.user.is_authenticated and viewer_of(request).may_read_cases

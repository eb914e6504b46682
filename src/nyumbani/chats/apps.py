from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nyumbani.ui.navigation import register


class ChatsConfig(AppConfig):
    name = "nyumbani.chats"
    label = "chats"

    def ready(self) -> None:
        from nyumbani.chats import (
            tabs,
            tasks,  # noqa: F401 - its jobs are known from now on
        )

        tabs.register()
        register(40, _("Group chats"), "chats:list", "people", menu=True, may_see=_reads_cases)


def _reads_cases(request: HttpRequest) -> bool:
    from nyumbani.accounts.viewers import viewer_of  # needs models, so not before ready()

    return request.user.is_authenticated and viewer_of(request).may_read_cases

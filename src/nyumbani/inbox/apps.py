from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nyumbani.ui.navigation import register


class InboxConfig(AppConfig):
    name = "nyumbani.inbox"
    label = "inbox"

    def ready(self) -> None:
        from nyumbani.inbox import (
            tabs,
            tasks,  # noqa: F401 - its jobs are known from now on
        )

        tabs.register()
        register(84, _("Channels"), "inbox:channels", "phone", menu=True, may_see=_sets_up)
        register(75, _("Templates"), "inbox:templates", "note", menu=True, may_see=_keeps_templates)


def _keeps_templates(request: HttpRequest) -> bool:
    from nyumbani.accounts.viewers import viewer_of  # needs models, so not before ready()
    from nyumbani.inbox.permissions import may_keep_templates

    return request.user.is_authenticated and may_keep_templates(viewer_of(request))


def _sets_up(request: HttpRequest) -> bool:
    from nyumbani.accounts.viewers import viewer_of
    from nyumbani.inbox.permissions import may_set_up_channels

    return request.user.is_authenticated and may_set_up_channels(viewer_of(request))

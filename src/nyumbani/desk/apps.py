from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nyumbani.ui.navigation import register


class DeskConfig(AppConfig):
    name = "nyumbani.desk"
    label = "desk"

    def ready(self) -> None:
        from nyumbani.accounts.leaving import before_leaving
        from nyumbani.workflows.leaving import take_over

        before_leaving("casework", take_over)
        register(10, _("Today"), "desk:today", "today", phone=True)
        register(20, _("Inbox"), "desk:inbox", "inbox", phone=True, may_see=_reads_cases)
        register(30, _("Cases"), "desk:cases", "cases", phone=True, may_see=_reads_cases)
        register(85, _("System"), "desk:system", "system", menu=True, may_see=_oversees)


def _reads_cases(request: HttpRequest) -> bool:
    from nyumbani.accounts.viewers import viewer_of  # needs models, so not before ready()

    return request.user.is_authenticated and viewer_of(request).may_read_cases


def _oversees(request: HttpRequest) -> bool:
    from nyumbani.accounts.viewers import viewer_of
    from nyumbani.jobs.permissions import may_oversee

    return request.user.is_authenticated and may_oversee(viewer_of(request))

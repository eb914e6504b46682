from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from nyumbani.ui.navigation import register


class WatchConfig(AppConfig):
    name = "nyumbani.watch"
    label = "watch"

    def ready(self) -> None:
        from nyumbani.accounts.leaving import before_leaving
        from nyumbani.watch import tasks  # its job is known from now on

        before_leaving("duty", tasks.before_leaving)
        register(35, _("Watch"), "watch:watch", "clock")

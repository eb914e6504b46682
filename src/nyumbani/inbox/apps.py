from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "nyumbani.inbox"
    label = "inbox"

    def ready(self) -> None:
        from nyumbani.inbox import (
            tabs,
            tasks,  # noqa: F401 - its jobs are known from now on
        )

        tabs.register()

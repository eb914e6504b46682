from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "nyumbani.sheets"
    label = "sheets"

    def ready(self) -> None:
        from nyumbani.sheets import (
            tabs,
            tasks,  # noqa: F401 - its jobs are known from now on
        )

        tabs.register()

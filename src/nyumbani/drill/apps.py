from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class DrillConfig(AppConfig):
    name = "nyumbani.drill"
    label = "drill"

    def ready(self) -> None:
        if not settings.NYUMBANI_DEMO:
            return
        from nyumbani.drill.terms import CLOCK_FILE
        from nyumbani.kit import clock
        from nyumbani.ui.navigation import add_banner

        # Pages and worker live in the story's time, which the stage page moves.
        clock.follow(Path(settings.NYUMBANI_DATA) / CLOCK_FILE)
        add_banner("drill/banner.html")

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "nyumbani.cases"
    label = "cases"

    def ready(self) -> None:
        from nyumbani.cases import tabs

        tabs.register()

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "nyumbani.people"
    label = "people"

    def ready(self) -> None:
        from nyumbani.people import tasks  # noqa: F401 - its jobs are known from now on
        from nyumbani.people.actions import indexing
        from nyumbani.vault.registry import forgets

        forgets("finding", indexing.forget)

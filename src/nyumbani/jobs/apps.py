from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "nyumbani.jobs"
    label = "jobs"

    def ready(self) -> None:
        from nyumbani.jobs import tasks  # noqa: F401 - its job is known from now on

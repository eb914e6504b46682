from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "nyumbani.jobs"
    label = "jobs"

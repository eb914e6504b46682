from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "nyumbani.cases"
    label = "cases"

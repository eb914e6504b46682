from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "nyumbani.ui"
    label = "ui"

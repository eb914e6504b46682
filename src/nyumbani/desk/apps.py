from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "nyumbani.desk"
    label = "desk"

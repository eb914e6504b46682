from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "nyumbani.watch"
    label = "watch"

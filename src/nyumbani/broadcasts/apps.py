from django.apps import AppConfig


class BroadcastsConfig(AppConfig):
    name = "nyumbani.broadcasts"
    label = "broadcasts"

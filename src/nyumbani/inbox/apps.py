from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "nyumbani.inbox"
    label = "inbox"

from django.apps import AppConfig


class ChatsConfig(AppConfig):
    name = "nyumbani.chats"
    label = "chats"

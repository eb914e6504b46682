from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "nyumbani.people"
    label = "people"

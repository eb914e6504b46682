from django.apps import AppConfig


class DrillConfig(AppConfig):
    name = "nyumbani.drill"
    label = "drill"

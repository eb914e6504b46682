from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "nyumbani.audit"
    label = "audit"

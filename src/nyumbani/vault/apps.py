from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "nyumbani.vault"
    label = "vault"

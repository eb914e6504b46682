from django.urls import URLPattern

from nyumbani.kit import paths  # noqa: F401 - makes <ulid:…> known

app_name = "broadcasts"
urlpatterns: list[URLPattern] = []

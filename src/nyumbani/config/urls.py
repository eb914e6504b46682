from django.urls import path  # noqa: F401 - each room adds its line

urlpatterns: list[object] = []

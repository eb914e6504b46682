from django.urls import path

from nyumbani.kit import paths  # noqa: F401 - makes <ulid:…> known
from nyumbani.sheets.views import bringing, sheets

app_name = "sheets"
urlpatterns = [
    path("sheets/bring/<ulid:case_id>/", bringing.bring, name="bring"),
    path("sheets/<ulid:sheet_id>/", sheets.show, name="sheet"),
    path("sheets/<ulid:sheet_id>/answer/", sheets.answer, name="answer"),
    path("sheets/<ulid:sheet_id>/columns/", sheets.columns, name="columns"),
    path("sheets/<ulid:sheet_id>/add/", sheets.add, name="add"),
    path("sheets/<ulid:sheet_id>/original/", bringing.original, name="original"),
]

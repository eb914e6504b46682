from django.urls import path

from nyumbani.inbox.views import beside, files, safe
from nyumbani.kit import paths  # noqa: F401 - makes <ulid:…> known

app_name = "inbox"
urlpatterns = [
    path("inbox/<ulid:person_id>/note/", beside.note, name="note"),
    path("inbox/<ulid:person_id>/assign/", beside.assign, name="assign"),
    path("inbox/<ulid:person_id>/<ulid:message_id>/fact/", beside.write_down_fact, name="fact"),
    path("inbox/<ulid:person_id>/safe-contact/", safe.agree, name="safe-contact"),
    path("alarms/<ulid:alarm_id>/settle/", safe.settle, name="settle-alarm"),
    path("attempts/<ulid:attempt_id>/again/", beside.try_again, name="send-again"),
    path("odd/<ulid:item_id>/settle/", beside.settle, name="settle-odd"),
    path("files/<ulid:file_id>/", files.show, name="file"),
    path("files/<ulid:file_id>/keep/", files.keep, name="keep-file"),
]

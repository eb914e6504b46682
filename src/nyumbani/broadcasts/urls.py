from django.urls import path

from nyumbani.broadcasts.views import sending, writing
from nyumbani.kit import paths  # noqa: F401 - makes <ulid:…> known

app_name = "broadcasts"
urlpatterns = [
    path("to-many/", writing.index, name="index"),
    path("to-many/new/", writing.new, name="new"),
    path("to-many/<ulid:broadcast_id>/", writing.show, name="show"),
    path("to-many/<ulid:broadcast_id>/words/", writing.edit, name="edit"),
    path("to-many/<ulid:broadcast_id>/send/", sending.send, name="send"),
    path("to-many/<ulid:broadcast_id>/stop/", sending.stop, name="stop"),
    path("to-many/to/<ulid:recipient_id>/next/", sending.move_on, name="move-on"),
]

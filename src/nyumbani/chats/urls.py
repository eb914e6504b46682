from django.urls import path

from nyumbani.chats.views import chats, exports, files
from nyumbani.kit import paths  # noqa: F401 - makes <ulid:…> known

app_name = "chats"
urlpatterns = [
    path("chats/", chats.index, name="list"),
    path("chats/bring/", exports.bring, name="bring"),
    path("chats/exports/<ulid:export_id>/", exports.show, name="export"),
    path("chats/exports/<ulid:export_id>/news/", exports.news, name="export-news"),
    path("chats/exports/<ulid:export_id>/dates/", exports.answer, name="answer"),
    path("chats/exports/<ulid:export_id>/stop/", exports.stop, name="stop"),
    path("chats/exports/<ulid:export_id>/again/", exports.again, name="again"),
    path("chats/exports/<ulid:export_id>/original/", files.original, name="original"),
    path("chats/files/<ulid:file_id>/", files.file, name="file"),
    path("chats/<ulid:chat_id>/", chats.show, name="chat"),
    path("chats/<ulid:chat_id>/people/", chats.people, name="people"),
    path("chats/<ulid:chat_id>/people/<ulid:sender_id>/", chats.say_who, name="say-who"),
    path(
        "chats/<ulid:chat_id>/people/<ulid:sender_id>/back/", chats.take_back, name="take-back"
    ),
]  # fmt: skip

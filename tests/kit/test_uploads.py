"""Files come only where a page takes them, from who is signed in, and no larger than it says."""

import io

import pytest
from django.core.files.uploadhandler import SkipFile
from django.http import HttpRequest
from django.test import Client, RequestFactory

from nyumbani.kit import uploads
from nyumbani.kit.uploads import NO_ROOM, TOO_LARGE, PrivateUploads, refusal, takes_files


class _Somebody:
    def __init__(self, is_authenticated):
        self.is_authenticated = is_authenticated


class _Match:
    def __init__(self, most):
        self.func = takes_files(most)(lambda request: None) if most else (lambda request: None)


def sent(content, *, most=1000, signed_in=True) -> HttpRequest:
    file = io.BytesIO(content)
    file.name = "chat.txt"
    request = RequestFactory().post("/", {"word": "kept", "file": file})
    request.resolver_match = _Match(most)
    request.user = _Somebody(signed_in)
    request.upload_handlers = [PrivateUploads(request)]
    return request


def test_a_file_comes_whole_where_it_may():
    request = sent(b"x" * 900)
    assert request.FILES["file"].read() == b"x" * 900
    assert (request.FILES["file"].size, request.POST["word"], refusal(request)) == (900, "kept", "")
    request.close()


@pytest.mark.parametrize("given", [{"most": 0}, {"signed_in": False}])
def test_elsewhere_and_from_strangers_it_is_read_past(given):
    request = sent(b"x" * 900, **given)
    assert not request.FILES
    assert (request.POST["word"], refusal(request)) == ("kept", "")


def test_a_file_that_is_too_large_is_refused_and_the_rest_of_the_form_comes():
    request = sent(b"x" * 200_000)
    assert not request.FILES
    assert (request.POST["word"], refusal(request)) == ("kept", TOO_LARGE)


def test_without_room_nothing_is_begun(monkeypatch):
    monkeypatch.setattr(uploads.shutil, "disk_usage", lambda _where: type("Room", (), {"free": 9}))
    request = sent(b"x" * 900)
    assert not request.FILES
    assert refusal(request) == NO_ROOM


@pytest.mark.django_db
def test_a_stranger_who_sends_a_large_file_leaves_nothing_and_finds_the_door_closed():
    file = io.BytesIO(b"x" * 100_000)
    file.name = "chat.txt"
    answer = Client().post("/chats/bring/", {"file": file, "zone": "Africa/Tripoli"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_what_was_begun_and_broken_off_is_gone(tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    handler = PrivateUploads(sent(b""))
    handler.most = 1000
    handler.new_file("file", "a.txt", "text/plain", 5, None, {})
    assert list(tmp_path.iterdir())
    handler.upload_interrupted()
    assert not list(tmp_path.iterdir())
    handler.most = 0
    with pytest.raises(SkipFile):
        handler.new_file("file", "a.txt", "text/plain", 5, None, {})

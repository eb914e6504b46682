"""What answers say about themselves."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from nyumbani.ui.middleware import Compression
from tests.ui.gallery import views

pytestmark = pytest.mark.pure

LONG = "Habari ya nyumbani. " * 200


def compressed(response, **headers):
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip", **headers})
    return Compression(lambda _: response)(request)


@pytest.mark.parametrize("path", ["/", "/public/", "/no-such-page/", "/poll/"])
def test_pages_are_kept_nowhere(visitor, path):
    answer = visitor.get(path)
    assert answer["Cache-Control"] == "no-store"


def test_pages_are_indexed_nowhere_and_use_no_sensor(visitor):
    answer = visitor.get("/")
    assert "noindex" in answer["X-Robots-Tag"]
    assert "camera=()" in answer["Permissions-Policy"]
    assert "geolocation=()" in answer["Permissions-Policy"]


def test_styles_may_be_kept(visitor):
    answer = visitor.get("/static/ui/look.css")
    assert answer.status_code == 200
    assert "no-store" not in answer["Cache-Control"]
    assert list(answer.streaming_content)


def test_an_answer_without_a_document_carries_no_documents_protections(visitor):
    answer = visitor.get("/poll/")
    assert answer.status_code == 204
    assert set(answer.headers) == {"Cache-Control"}


def test_a_lean_answer_still_sets_and_ends_sessions(house):
    from nyumbani.ui.middleware import LeanAnswers

    ended = HttpResponse(status=204)
    ended.delete_cookie("sessionid")
    answer = LeanAnswers(lambda _: ended)(RequestFactory().get("/"))
    assert "sessionid" in answer.cookies


def test_pages_are_compressed_and_each_time_to_another_length():
    lengths = set()
    for _ in range(20):
        answer = compressed(HttpResponse(LONG))
        assert gzip.decompress(answer.content).decode() == LONG
        lengths.add(len(answer.content))
    assert len(lengths) > 1


def test_what_a_strangers_message_sets_off_is_not_compressed(visitor):
    assert not compressed(HttpResponse(LONG), **{"x-poll": "1"}).has_header("Content-Encoding")
    views.news.append(LONG)
    answer = visitor.get("/poll/", headers={"accept-encoding": "gzip", "x-poll": "1"})
    assert answer.content.decode() == LONG


@pytest.mark.parametrize("kind", ["audio/ogg", "application/pdf", "application/json"])
def test_what_is_no_page_is_left_as_it_is(kind):
    assert not compressed(HttpResponse(LONG, content_type=kind)).has_header("Content-Encoding")


@pytest.mark.parametrize("status", [206, 304, 404, 500])
def test_answers_that_are_not_whole_are_left_as_they_are(status):
    answer = compressed(HttpResponse(LONG, status=status))
    assert not answer.has_header("Content-Encoding")


@pytest.mark.django_db  # closing an answer looks at the connection
def test_a_style_already_known_is_not_sent_again(visitor):
    first = visitor.get("/static/ui/look.css", headers={"accept-encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    assert isinstance(first, FileResponse)
    first.close()
    again = visitor.get(
        "/static/ui/look.css",
        headers={"accept-encoding": "gzip", "if-modified-since": first["Last-Modified"]},
    )
    assert again.status_code == 304
    assert b"".join(again.streaming_content) == b""

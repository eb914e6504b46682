"""The log: what happened and where, never whom it happened to."""

import io
import json
import logging
import threading

import pytest
import structlog
from django.conf import settings as house_settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.urls import path

from nyumbani.config import logging as house_log
from nyumbani.config import wsgi

pytestmark = pytest.mark.pure

WHO = "Achieng"


def broken(request, person_id):
    raise ValueError(f"{WHO} cannot be shown")


def shown(request, person_id):
    return HttpResponse("ok")


urlpatterns = [path("people/<str:person_id>/", shown), path("broken/<str:person_id>/", broken)]


@pytest.fixture
def log(capsys):
    """What has been written to standard error so far, one JSON object a line."""
    house_log.set_up({"format": "json"})
    written = []

    def read():
        written.extend(json.loads(line) for line in capsys.readouterr().err.splitlines())
        return written

    yield read
    house_log.set_up(house_settings.LOGGING)


def test_our_own_events_keep_their_facts(log):
    structlog.get_logger("t").info("job.done", job="01J0000000000000000000000X", ms=12)
    (line,) = log()
    assert (line["event"], line["job"], line["ms"], line["level"]) == (
        "job.done", "01J0000000000000000000000X", 12, "info",
    )  # fmt: skip


@pytest.mark.parametrize(
    "value", ["+218 91 000 00 01", "0700000001", "x 254-700-000-001 y", "rehema@example.org"]
)
def test_what_looks_like_a_number_or_an_address_is_withheld(log, value):
    structlog.get_logger("t").info("door.knocked", caller=value)
    assert log()[0]["caller"] == "[withheld]"


def test_ids_hashes_and_places_are_no_telephone_numbers(log):
    facts = {
        "id": "01J12345678901234567890123", "hash": "0123456789" * 6 + "abcd",
        "by": "system:worker-4194304", "error": "ValueError at inbox/reading.py:88",
    }  # fmt: skip
    structlog.get_logger("t").info("x.y", **facts)
    assert {name: log()[0][name] for name in facts} == facts


def test_of_an_exception_only_class_and_place_are_written(log):
    try:
        broken(None, WHO)
    except ValueError:
        structlog.get_logger("t").exception("page.failed")
        logging.getLogger("somebody.else").exception("could not show %s", WHO)
    ours, theirs = log()
    assert ours["error"].startswith("ValueError at cli/test_log.py:")
    assert theirs["error"] == ours["error"]
    assert theirs["says"] == "could not show …"
    assert WHO not in json.dumps([ours, theirs])


def test_foreign_messages_keep_their_template_and_numbers(log):
    logger = logging.getLogger("gunicorn.error")
    logger.propagate, former = True, logger.propagate
    try:
        logger.warning("Worker (pid:%s) was sent %s!", 4711, "SIGKILL")
        logger.warning(f"Invalid request from {WHO}")  # noqa: G004 - as libraries do
    finally:
        logger.propagate = former
    first, second = log()
    assert (first["event"], first["says"]) == ("gunicorn.error", "Worker (pid:4711) was sent …!")
    assert "says" not in second
    assert WHO not in json.dumps(second)


def test_a_developer_may_see_everything(log, monkeypatch):
    monkeypatch.setenv("NYUMBANI_TRACE", "1")
    house_log.set_up({"format": "json"})
    try:
        broken(None, WHO)
    except ValueError:
        logging.getLogger("somebody.else").exception("could not show %s", WHO)
    (line,) = log()
    assert line["event"] == f"could not show {WHO}"
    assert f"ValueError: {WHO}" in line["exception"]


def test_a_thread_that_breaks_tells_only_where(log, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    house_log.quiet_threads()

    def work():
        raise ValueError(WHO)

    thread = threading.Thread(target=work, name="sender")
    thread.start()
    thread.join()
    (line,) = log()
    assert (line["event"], line["thread"]) == ("thread.ended", "sender")
    assert WHO not in json.dumps(line)


def test_lines_are_for_people(log, capsys):
    house_log.set_up({"format": "lines"})
    structlog.get_logger("t").info("worker.started", by="system:worker-1")
    assert "level=info event=worker.started by=system:worker-1" in capsys.readouterr().err


@pytest.fixture
def answer(settings, log):
    """Ask the web application as a server does."""
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []

    def ask(where: str, **more: str) -> int:
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": where, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http", **more,
        }  # fmt: skip
        return wsgi.Handler().get_response(WSGIRequest(environ)).status_code

    return ask


def test_answers_are_told_by_the_pattern_of_their_page(answer, log, settings):
    settings.NYUMBANI_ACCESS_LOG = True
    assert answer(f"/people/{WHO}/") == 200
    assert answer(f"/nowhere/{WHO}/") == 404
    first, second = log()
    assert (first["event"], first["route"]) == ("page.answered", "/people/<str:person_id>/")
    assert second["route"] == "(unknown)"
    assert WHO not in json.dumps([first, second])


def test_only_slow_and_broken_answers_are_told_unless_all_are_wanted(answer, log):
    answer("/people/1/")
    assert log() == []
    assert answer(f"/broken/{WHO}/") == 500
    lines = log()
    assert [line["event"] for line in lines] == ["django.request", "page.answered"]
    assert lines[0]["error"].startswith("ValueError at cli/test_log.py:")
    assert WHO not in json.dumps(lines)


def test_a_body_larger_than_anything_we_take_is_refused_unread(answer):
    class Untouched(io.BytesIO):
        def read(self, *_):
            raise AssertionError("the body was read")

    size = str(wsgi.LARGEST_BODY + 1)
    assert answer("/people/1/", CONTENT_LENGTH=size, **{"wsgi.input": Untouched()}) == 413

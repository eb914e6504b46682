"""The gallery is served as the product serves pages: same headers, compression, policy."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, override_settings
from django.urls import clear_url_caches

from nyumbani.ui import navigation
from tests.ui.gallery import views

MIDDLEWARE = [
    "nyumbani.ui.middleware.LeanAnswers",
    "django.middleware.security.SecurityMiddleware",
    "nyumbani.ui.middleware.Compression",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nyumbani.ui.middleware.PrivatePages",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture
def house() -> Iterator[None]:
    """The gallery's addresses, navigation and clock, and no room of the house but `ui`."""
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(
            ROOT_URLCONF="tests.ui.gallery.urls",
            MIDDLEWARE=MIDDLEWARE,
            STATIC_ROOT=None,
            NYUMBANI_CLOCK="tests.ui.gallery.views.held",
            ALLOWED_HOSTS=["127.0.0.1", "testserver"],
        ),
    ):
        patch.setattr(navigation, "_doors", {})
        patch.setattr(navigation, "_banners", [])
        navigation.register(10, "Today", "today", "today", phone=True)
        navigation.register(20, "Inbox", "inbox", "inbox", phone=True)
        navigation.register(30, "Cases", "cases", "cases", phone=True)
        navigation.register(40, "Partners", "partners", "partners")
        navigation.register(90, "My account", "me", "person", menu=True)
        clear_url_caches()
        views.happened.clear()
        views.news.clear()
        yield
    clear_url_caches()


@pytest.fixture
def visitor(house: None) -> Client:
    """Somebody who opens the gallery's pages, without a browser."""
    return Client(raise_request_exception=False)


@pytest.fixture
def gallery(house: None) -> Iterator[str]:
    """The address of a running gallery."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()

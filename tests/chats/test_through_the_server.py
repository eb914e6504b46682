"""A large export comes through the server's own limit, and nothing else that is large does."""

import io

import pytest
from django.test import RequestFactory

from nyumbani.chats.models import ChatExport
from nyumbani.chats.terms import LARGEST
from nyumbani.config import wsgi
from tests.chats.brought import TITLE
from tests.desk.world import at_desk

pytestmark = pytest.mark.django_db
TEN_MEGABYTES = b"x" * (10 << 20)


def sent(where, desk=None, **more):
    """What the server answers to a form with a file, without the test browser's short cut."""
    file = io.BytesIO(TEN_MEGABYTES)
    file.name = f"WhatsApp Chat with {TITLE}.txt"
    cookies = "; ".join(f"{name}={one.value}" for name, one in desk.cookies.items()) if desk else ""
    request = RequestFactory().post(
        where, {"zone": "Africa/Tripoli", "file": file}, HTTP_COOKIE=cookies, **more
    )
    request._dont_enforce_csrf_checks = True
    answer = wsgi.Handler().get_response(request)
    request.close()  # as the server does: its file is gone
    return answer


def test_an_export_of_ten_megabytes_is_brought_in(wanjiku):
    assert sent("/chats/bring/", at_desk(wanjiku)).status_code == 302
    assert ChatExport.objects.get().size == len(TEN_MEGABYTES)


@pytest.mark.parametrize("where", ["/chats/", "/inbox/", "/nowhere/"])
def test_elsewhere_ten_megabytes_are_refused_unread(wanjiku, where):
    assert sent(where, at_desk(wanjiku)).status_code == 413


def test_beyond_twice_the_limit_not_even_a_reason_is_given(wanjiku):
    size = str(2 * LARGEST + 1)
    assert sent("/chats/bring/", at_desk(wanjiku), CONTENT_LENGTH=size).status_code == 413


def test_a_stranger_keeps_nothing_here():
    answer = sent("/chats/bring/")
    assert answer["Location"].startswith("/sign-in/")
    assert not ChatExport.objects.exists()

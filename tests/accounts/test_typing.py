"""A long note, typed in a real browser: the session stays open under the caseworker's hands."""

import time

import pytest
from django.conf import settings
from django.test import Client

from tests.accounts.staff import hire, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_who_types_for_twenty_minutes_is_not_locked_out(live_server, new_page):
    client = sign_in(Client(), hire("wanjiku"))
    page = new_page()
    key = client.session.session_key
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.clock.install()
    page.goto(f"{live_server.url}/me/")
    page.locator("[name=display_name]").focus()
    for _five_minutes in range(4):
        session = client.session
        session["nyumbani_seen"] = int(time.time()) - 6 * 60  # the server's clock goes on too
        session.save()
        page.keyboard.press("a")
        with page.expect_response("**/lock/stay/") as answer:
            page.clock.run_for("05:02")
        assert answer.value.status == 204
        assert time.time() - client.session["nyumbani_seen"] < 60
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/me/")
    assert page.locator("[name=display_name]").count() == 1

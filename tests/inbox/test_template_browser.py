"""The library's pages as Chromium shows them: open to everybody, at every width, and light."""

import pytest
from django.conf import settings

from nyumbani.kit import clock
from tests.browser import axe_violations, transfer_weights
from tests.desk.world import MINUTE, at_desk, hear, somebody, whatsapp
from tests.inbox.templates_here import approved

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
STAFF_VIEW = 60_000  # bytes over the wire
LONG_AGO = 3 * 24 * 60 * MINUTE


@pytest.mark.parametrize(("lang", "width"), [("en", 360), ("ar", 1280)])
def test_the_librarys_pages_are_open_to_everybody_and_light(
    live_server, new_page, otieno, lang, width
):
    thread = somebody("Rehema", account=whatsapp())
    hear(thread, "Habari", at=clock.now() - LONG_AGO)
    words = approved()
    for language, status in (("ar", "rejected"), ("en", "draft"), ("fr", "paused")):
        approved(language=language, status=status)
    pages = ["", "new/", f"words/{words.pk}/", f"{words.template_id}/words/"]
    addresses = [f"/inbox/templates/{one}" for one in pages]
    addresses += [f"/inbox/{thread.person_id}/template/{words.pk}/", f"/inbox/{thread.person_id}/"]
    page = new_page(lang=lang, width=width)
    name = settings.SESSION_COOKIE_NAME
    key = at_desk(otieno).cookies[name].value
    page.context.add_cookies([{"name": name, "value": key, "url": live_server.url}])
    weights = transfer_weights(page)
    for address in addresses:
        page.goto(live_server.url + address)
        assert axe_violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert weights.total < STAFF_VIEW, address
        weights.of = {}
    assert weights.foreign == set()

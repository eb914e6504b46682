"""The pages of consent are open to everybody and light, in both directions of writing."""

import datetime as dt

import pytest

from nyumbani.kit import clock
from tests.desk.test_browser import opened
from tests.desk.test_more_pages_browser import found_wrong
from tests.desk.world import case_with, hear, somebody
from tests.people.consents_here import consented, overridden, refused

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("ar", 360)])
def test_asking_her_and_what_she_said(live_server, new_page, wanjiku, amina, lang, width):
    thread = somebody("فاطمة")
    hear(thread, "ساعدوني")
    case_with(wanjiku, thread)
    given = consented(wanjiku, thread.person, until=clock.now() + dt.timedelta(days=3))
    refused(wanjiku, thread.person)
    overridden(amina, thread.person)  # wanjiku, who leads the case, is told on Today
    hers = f"/people/{thread.person_id}/"
    addresses = [
        "/", hers, f"{hers}consent/", f"{hers}consent/give/",
        f"{hers}consent/give/?purpose=referral&language=am", f"{hers}consent/never/",
        f"{hers}consent/override/", f"{hers}consent/{given.pk}/withdraw/",
    ]  # fmt: skip
    page = opened(new_page, live_server, wanjiku, lang=lang, width=width)
    assert found_wrong(page, live_server.url, addresses, width) == {}

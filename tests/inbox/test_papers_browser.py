"""The pages of a PDF in a browser: readable to all, on a telephone, from right to left."""

import pytest

from nyumbani.inbox.channels.events import Content
from tests.desk.test_browser import opened
from tests.desk.test_more_pages_browser import found_wrong
from tests.desk.world import attach, case_with, hear, somebody
from tests.inbox.papers import paper

WIDTH = "one => one.decode().then(() => one.naturalWidth)"

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_paper_fits_a_telephone_and_is_drawn(live_server, new_page, wanjiku, lang):
    nafula = somebody("Nafula")
    case_with(wanjiku, nafula)
    message = hear(nafula, content=Content.DOCUMENT)
    file = attach(message, paper(7), "application/pdf", kind=Content.DOCUMENT, name="عقد.pdf")
    page = opened(new_page, live_server, wanjiku, lang=lang, width=360)
    addresses = [f"/inbox/{nafula.person_id}/", f"/files/{file.pk}/", f"/files/{file.pk}/?from=6"]
    assert found_wrong(page, live_server.url, addresses, 360) == {}
    assert page.locator("main img").first.evaluate(WIDTH) == 1100
    page.goto(f"{live_server.url}/inbox/{nafula.person_id}/")
    page.locator("summary", has_text="عقد").click()
    assert page.locator(f'img[src="/files/{file.pk}/pages/1/"]').evaluate(WIDTH) == 1100

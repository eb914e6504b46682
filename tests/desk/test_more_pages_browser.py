"""Words to many, labels, views, search, joins, watch, templates, channels: open to everybody."""

import pytest

from nyumbani.accounts.terms import Role
from nyumbani.broadcasts.actions.sending import begin
from nyumbani.cases import actions as cases
from nyumbani.cases.terms import Part
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from tests.accounts.staff import hire
from tests.broadcasts.world import drafted
from tests.browser import axe_violations, transfer_weights
from tests.desk.test_browser import STAFF_VIEW, opened
from tests.desk.world import MINUTE, alarm, case_with, hear, label, somebody
from tests.people_here import actor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def of_a_caseworker(wanjiku, otieno):
    """The addresses of everything that a caseworker works with."""
    now = clock.now()
    rehema, fatma = somebody("Rehema"), somebody("فاطمة")
    first = hear(rehema, "He locked the door and took my passport", at=now - 9 * MINUTE)
    alarm(hear(fatma, "ساعدوني", at=now - 5 * MINUTE))
    case = case_with(wanjiku, rehema, fatma)
    cases.introduce(case=case, part=Part.IN_DISTRESS, called="Achieng", by=actor(wanjiku))
    label("Tripoli", otieno)
    sent, row = drafted(wanjiku, case), drafted(wanjiku, case)
    begin(broadcast=sent, by=actor(wanjiku))
    run_due()
    person, message = rehema.person_id, first.pk
    return [
        "/inbox/", f"/inbox/{person}/", f"/inbox/{person}/search/?q=door", "/inbox/search/",
        "/inbox/views/", f"/inbox/{person}/into-case/", f"/inbox/{person}/join/",
        f"/inbox/{person}/{message}/whose/", f"/inbox/{person}/{message}/judge/",
        f"/inbox/{person}/safe-contact/", f"/inbox/{person}/file/", "/to-many/",
        "/to-many/new/", f"/to-many/{row.pk}/",
        f"/to-many/{sent.pk}/", f"/cases/{case.pk}/to-many/", "/watch/", f"/watch/people/{person}/",
        "/watch/roster/", "/",
    ]  # fmt: skip


def found_wrong(page, base, addresses, width):
    """What is wrong with each of these pages, by address; nothing is what is wanted."""
    weights, wrong = transfer_weights(page), {}
    for address in addresses:
        answer = page.goto(base + address)
        seen = axe_violations(page)
        if answer.status != 200:
            seen.append(f"answers {answer.status}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            seen.append("is wider than the window")
        if weights.total >= STAFF_VIEW:
            seen.append(f"weighs {weights.total}")
        if seen:
            wrong[address] = seen
        weights.clear()
    return wrong


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_a_caseworker_works_with(live_server, new_page, wanjiku, of_a_caseworker, lang, width):
    page = opened(new_page, live_server, wanjiku, lang=lang, width=width)
    assert found_wrong(page, live_server.url, of_a_caseworker, width) == {}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_coordinators_and_administrators_keep(live_server, new_page, otieno, lang, width):
    label("Tripoli", otieno)
    page = opened(new_page, live_server, otieno, lang=lang, width=width)
    kept = ["/inbox/labels/", "/inbox/templates/", "/watch/figures/", "/watch/roster/"]
    assert found_wrong(page, live_server.url, kept, width) == {}
    runs_it = hire("mutua", Role.ADMINISTRATOR)
    page = opened(new_page, live_server, runs_it, lang=lang, width=width)
    assert found_wrong(page, live_server.url, ["/channels/", "/"], width) == {}

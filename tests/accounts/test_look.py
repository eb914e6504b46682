import pytest
from django.conf import settings
from django.test import Client

from nyumbani.accounts import actions
from nyumbani.accounts.actions import roles
from nyumbani.accounts.terms import Role
from tests.accounts.staff import (
    PASSWORD,
    actor,
    director,
    give_app,
    give_codes,
    hire,
    sign_in,
)
from tests.browser import axe_violations, transfer_weights

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [
    pytest.param(width, lang, id=f"{width}-{lang}")
    for width in (360, 1280)
    for lang in ("en", "ar")
]


def complaints_about(page, addresses):
    """What axe finds, and pages wider than the screen, by address."""
    found = {}
    for address in addresses:
        page.goto(address)
        what = axe_violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > page.viewport_size["width"]:
            what.append(f"{wide} px wide")
        if what:
            found[address] = what
    return found


@pytest.mark.parametrize(("width", "lang"), SIZES)
def test_the_way_in_is_light_and_readable(live_server, new_page, width, lang):
    hire("wanjiku")
    page = new_page(width, lang)
    weights = transfer_weights(page)
    door = f"{live_server.url}/sign-in/"
    assert complaints_about(page, [door]) == {}
    assert weights.total < 25_000
    page.locator("[name=login]").fill("wanjiku")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button.main").click()
    steps = ("start/", "app/", "passkeys/add/")
    assert complaints_about(page, [f"{door}second-factor/{step}" for step in steps]) == {}
    assert weights.foreign == set()


@pytest.mark.parametrize(("width", "lang"), SIZES)
def test_pages_about_accounts_are_readable(live_server, new_page, width, lang):
    mutua = hire("mutua", Role.ADMINISTRATOR)
    give_app(mutua)
    give_codes(mutua)
    other = hire("wanjiku", Role.CASEWORKER, Role.ESCORT)
    page = new_page(width, lang)
    key = sign_in(Client(), mutua).session.session_key
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}
    page.context.add_cookies([cookie])
    weights = transfer_weights(page)
    staff = f"/staff/{other.pk}/"
    addresses = ["/me/", "/staff/", "/staff/invite/", staff, f"{staff}link/", f"{staff}deactivate/",
                 "/sign-in/sessions/", "/sign-in/password/", "/sign-in/second-factor/",
                 "/sign-in/second-factor/codes/new/"]  # fmt: skip
    complaints = complaints_about(page, [live_server.url + address for address in addresses])
    assert complaints == {}
    assert weights.foreign == set()
    amina, barasa = director(), hire("barasa", Role.DATA_OFFICER)
    roles.grant_role(staff_id=barasa.pk, role=Role.ESCORT, by=actor(mutua))
    actions.issue_link(staff_id=other.pk, by=actor(mutua))
    cookie["value"] = sign_in(Client(), amina).session.session_key
    page.context.add_cookies([cookie])
    assert complaints_about(page, [f"{live_server.url}/staff/waiting/"]) == {}
    assert page.locator("main .card").count() == 2
    page.goto(f"{live_server.url}/me/")
    page.locator("button.hide").click()
    page.wait_for_url("**/locked/")
    assert axe_violations(page) == []
    page.go_back()
    page.wait_for_url("**/locked/")  # Back shows nothing

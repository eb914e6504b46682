import re

import pytest
from allauth.mfa.models import Authenticator

from tests.accounts.staff import PASSWORD, hire, ledger
from tests.accounts.urls import SECRET
from tests.browser import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in(page, **changed):
    """Give the browser a fingerprint reader; returns a way to pull it out again."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER | changed})
    return lambda: tools.send("WebAuthn.removeVirtualAuthenticator", made)


def sign_in(page, live_server):
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("Sign-in name").fill("wanjiku")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_passkey_is_made_and_opens_the_house(live_server, new_page, width):
    hire("wanjiku")
    page = new_page(width)
    plug_in(page)
    sign_in(page, live_server)
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert len(re.findall(r"\b\d{8}\b", page.inner_text("main"))) == 10
    page.get_by_role("link", name="I have written them down").click()
    assert SECRET in page.inner_text("body")
    page.goto(f"{live_server.url}/sign-in/out/")
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, live_server)
    page.get_by_role("heading", name="Second factor").wait_for()
    page.goto(live_server.url)
    assert SECRET not in page.inner_text("body")
    page.goto(f"{live_server.url}/sign-in/code/")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{live_server.url}/")
    assert SECRET in page.inner_text("body")
    assert '"factor":"second_factor"' in ledger("staff.signed_in")[-1].body.decode()


def test_another_persons_passkey_opens_nothing(live_server, new_page):
    hire("wanjiku")
    page = new_page()
    pull_out = plug_in(page)
    sign_in(page, live_server)
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto(f"{live_server.url}/sign-in/out/")
    page.get_by_role("button", name="Sign out").click()

    pull_out()
    plug_in(page)  # the same browser, another finger
    sign_in(page, live_server)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("The passkey could not be used.").wait_for()
    page.goto(live_server.url)
    assert SECRET not in page.inner_text("body")


def test_a_passkey_confirms_a_delicate_change(live_server, new_page):
    wanjiku = hire("wanjiku")
    page = new_page()
    plug_in(page)
    sign_in(page, live_server)
    page.get_by_role("link", name="Make a passkey").click()
    page.get_by_label("What you call this device").fill("Laptop in the office")
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto(f"{live_server.url}/sign-in/confirm/passkey/?next=/sign-in/second-factor/passkeys/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("Laptop in the office").wait_for()
    assert Authenticator.objects.get(user=wanjiku, type="webauthn").last_used_at is not None
    page.get_by_role("link", name="Take away").click()
    page.get_by_role("button", name="Take away").click()
    page.get_by_text("This is your only second factor").wait_for()
    assert Authenticator.objects.filter(user=wanjiku, type="webauthn").exists()

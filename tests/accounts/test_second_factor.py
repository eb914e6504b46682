import base64
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from tests.accounts.staff import (
    PASSWORD,
    code,
    give_app,
    give_codes,
    hire,
    is_signed_in,
    ledger,
    sign_in,
)
from tests.accounts.test_sign_in import GIVE_CODE, SIGN_IN
from tests.accounts.urls import SECRET

pytestmark = pytest.mark.django_db

START = "/sign-in/second-factor/start/"
APP = "/sign-in/second-factor/app/"
TAKE_APP_AWAY = "/sign-in/second-factor/app/remove/"
CODES = "/sign-in/second-factor/codes/"
NEW_CODES = "/sign-in/second-factor/codes/new/"


@pytest.fixture
def newcomer(wanjiku):
    """Signed in with the password; no second factor yet."""
    client = Client()
    client.post(SIGN_IN, {"login": "wanjiku", "password": PASSWORD})
    return client


def secret_shown(answer):
    return re.search(r"<code>([A-Z2-7]{32})</code>", answer.content.decode()).group(1)


def set_up_app(client):
    secret = secret_shown(client.get(APP))
    return secret, client.post(APP, {"code": code(secret)})


@pytest.mark.parametrize(
    "page", ["/", "/me/", "/staff/", "/sign-in/sessions/", "/sign-in/password/", CODES, NEW_CODES,
             "/sign-in/second-factor/", TAKE_APP_AWAY, "/lock/stay/"],
)  # fmt: skip
def test_nothing_opens_before_there_is_a_second_factor(newcomer, page):
    assert newcomer.get(page).url == START


@pytest.mark.parametrize("page", [START, APP, "/sign-in/second-factor/passkeys/add/", "/public/"])
def test_what_leads_to_a_second_factor_opens(newcomer, page):
    assert newcomer.get(page).status_code == 200


def test_an_app_is_set_up_and_the_house_opens(newcomer):
    page = newcomer.get(APP)
    assert b'src="data:image/svg+xml;base64,' in page.content
    _secret, answer = set_up_app(newcomer)
    assert answer.url == CODES
    shown = re.findall(r"<code>(\d{8})</code>", newcomer.get(CODES).content.decode())
    assert len(shown) == 10
    assert newcomer.get("/").content.decode() == SECRET
    [line] = ledger("staff.second_factor_added")
    assert '"kind":"totp"' in line.body.decode()


def test_the_picture_to_scan_is_on_white_whatever_the_page_is_on(newcomer):
    page = newcomer.get(APP).content.decode()
    picture = re.search(r"base64,([^\"]+)", page).group(1)
    drawn = base64.b64decode(picture).decode()
    assert re.search(r'<rect[^>]*fill="white"', drawn)
    assert len(drawn) < 20_000


def test_recovery_codes_are_shown_once(newcomer):
    set_up_app(newcomer)
    newcomer.get(CODES)
    again = newcomer.get(CODES).content.decode()
    assert re.findall(r"\d{8}", again) == []
    assert "10 codes are left" in again


def test_a_wrong_first_code_sets_nothing_up(newcomer):
    newcomer.get(APP)
    answer = newcomer.post(APP, {"code": "123456"})
    assert b"This code is not right" in answer.content
    assert newcomer.get("/").url == START


def test_a_session_that_knew_only_the_password_does_not_come_along(newcomer):
    thief = Client()
    thief.post(SIGN_IN, {"login": "wanjiku", "password": PASSWORD})
    assert thief.get(START).status_code == 200
    set_up_app(newcomer)
    assert thief.get("/").url.startswith(SIGN_IN)
    assert not is_signed_in(thief)


def test_a_session_listed_nowhere_does_not_come_along_either(wanjiku):
    lurking = sign_in(Client(), wanjiku, proven=False)
    give_app(wanjiku)
    assert lurking.get("/").url.startswith(SIGN_IN)
    assert not is_signed_in(lurking)


def test_a_new_phone_takes_the_place_of_the_old_one(at_work, wanjiku):
    old = give_app(wanjiku)
    new, answer = set_up_app(at_work)
    assert answer.status_code == 302
    assert Authenticator.objects.filter(user=wanjiku, type="totp").count() == 1
    for secret, expected in ((old, False), (new, True)):
        client = Client()
        client.post(SIGN_IN, {"login": "wanjiku", "password": PASSWORD})
        client.post(GIVE_CODE, {"code": code(secret, 1)})
        assert is_signed_in(client) is expected


def test_an_abandoned_move_to_a_new_phone_leaves_the_old_one(at_work, wanjiku):
    old = give_app(wanjiku)
    at_work.get(APP)
    at_work.post(APP, {"code": "123456"})
    client = Client()
    client.post(SIGN_IN, {"login": "wanjiku", "password": PASSWORD})
    client.post(GIVE_CODE, {"code": code(old)})
    assert is_signed_in(client)


def test_the_last_second_factor_cannot_be_taken_away(at_work, wanjiku):
    give_app(wanjiku)
    give_codes(wanjiku)
    answer = at_work.post(TAKE_APP_AWAY)
    assert b"your only second factor" in answer.content
    assert Authenticator.objects.filter(user=wanjiku, type="totp").exists()


def test_an_app_is_taken_away_where_a_passkey_is_left(at_work, wanjiku):
    give_app(wanjiku)
    Authenticator.objects.create(user=wanjiku, type="webauthn", data={"name": "laptop"})
    assert at_work.post(TAKE_APP_AWAY).status_code == 302
    assert not Authenticator.objects.filter(user=wanjiku, type="totp").exists()
    assert len(ledger("staff.second_factor_removed")) == 1


def test_a_delicate_page_asks_again_after_some_minutes(wanjiku):
    give_app(wanjiku)
    client = sign_in(Client(), wanjiku)
    assert client.get(NEW_CODES).status_code == 200
    session = client.session
    session["nyumbani_fresh"] -= 6 * 60
    session.save()
    asked = client.get(NEW_CODES).url
    assert asked.startswith("/sign-in/confirm/")
    assert client.post(asked, {"password": "wrong", "next": NEW_CODES}).status_code == 200
    assert client.get(NEW_CODES).status_code == 302
    assert client.post(asked, {"password": PASSWORD, "next": NEW_CODES}).url == NEW_CODES
    assert client.get(NEW_CODES).status_code == 200


def test_a_code_confirms_as_well(wanjiku):
    secret = give_app(wanjiku)
    client = sign_in(Client(), wanjiku)
    session = client.session
    session["nyumbani_fresh"] -= 6 * 60
    session.save()
    assert client.get("/sign-in/confirm/code/").status_code == 200
    client.post("/sign-in/confirm/code/", {"code": code(secret), "next": NEW_CODES})
    assert client.get(NEW_CODES).status_code == 200


def test_new_codes_make_the_old_ones_worthless(at_work, wanjiku):
    give_app(wanjiku)
    old = give_codes(wanjiku)
    at_work.post(NEW_CODES)
    row = Authenticator.objects.get(user=wanjiku, type="recovery_codes")
    assert set(RecoveryCodes(row).get_unused_codes()).isdisjoint(old)
    assert len(ledger("staff.recovery_codes_made")) == 1


def test_secrets_of_second_factors_lie_sealed_in_the_database(wanjiku):
    secret = give_app(wanjiku)
    codes = give_codes(wanjiku)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not [spare for spare in codes if spare in kept]


def test_the_overview_says_what_there_is(at_work, wanjiku):
    give_app(wanjiku)
    give_codes(wanjiku)
    page = at_work.get("/sign-in/second-factor/").content.decode()
    assert "10 codes are left." in page
    assert TAKE_APP_AWAY in page


@pytest.mark.parametrize(
    ("host", "offered"),
    [("localhost", True), ("127.0.0.1", False), ("[::1]", False)],
)
def test_passkeys_are_offered_only_where_browsers_make_them(newcomer, host, offered):
    page = newcomer.get(START, headers={"host": host}).content.decode()
    assert ("Make a passkey" in page) is offered


def test_another_colleagues_passkey_is_not_mine_to_take(at_work):
    other = hire("otieno")
    theirs = Authenticator.objects.create(user=other, type="webauthn", data={"name": "laptop"})
    page = f"/sign-in/second-factor/passkeys/{theirs.pk}/remove/"
    assert at_work.get(page).status_code == 404
    assert at_work.post(page).status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()

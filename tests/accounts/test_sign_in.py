import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from nyumbani.accounts.forms import USED_FOR
from nyumbani.accounts.models import Staff
from tests.accounts.staff import PASSWORD, code, give_app, give_codes, hire, is_signed_in, ledger
from tests.accounts.urls import SECRET

pytestmark = pytest.mark.django_db

SIGN_IN = "/sign-in/"
GIVE_CODE = "/sign-in/code/"


def knock(client, username="wanjiku", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": username, "password": password}, **more)


def test_name_password_and_code_open_the_desk(client):
    secret = give_app(hire())
    assert knock(client).url == GIVE_CODE
    assert client.post(GIVE_CODE, {"code": code(secret)}).url == "/"
    assert client.get("/").content.decode() == SECRET
    [line] = ledger("staff.signed_in")
    assert '"factor":"second_factor"' in line.body.decode()


def test_the_password_alone_opens_no_session(client):
    give_app(hire())
    knock(client)
    assert not is_signed_in(client)
    assert client.get("/").url.startswith(SIGN_IN)


def test_a_passkey_is_asked_for_only_where_there_is_one(client):
    give_app(hire())
    knock(client)
    assert "Use a passkey" not in client.get(GIVE_CODE).content.decode()


def test_a_wrong_code_opens_no_session(client):
    secret = give_app(hire())
    knock(client)
    wrong = f"{(int(code(secret)) + 1) % 1_000_000:06}"
    while wrong in {code(secret, step) for step in (-1, 0, 1)}:
        wrong = f"{(int(wrong) + 1) % 1_000_000:06}"
    client.post(GIVE_CODE, {"code": wrong})
    assert not is_signed_in(client)


def test_a_code_seen_over_the_shoulder_does_not_work_again():
    secret = give_app(hire())
    shown = code(secret, 1)  # the phone's clock is ahead: this code stays valid for a minute
    for client, expected in ((Client(), True), (Client(), False)):
        knock(client)
        client.post(GIVE_CODE, {"code": shown})
        assert is_signed_in(client) is expected


@pytest.mark.parametrize("spelt", ["{0}-{1}", "{0} {1}", "{0}.{1}", "{0}{1}_", "\u00a0{0}{1}"])
def test_nor_does_it_spelt_otherwise_once_the_library_has_forgotten_it(spelt):
    secret = give_app(hire())
    shown = code(secret, 1)
    for typed, expected in ((shown, True), (spelt.format(shown[:3], shown[3:]), False)):
        client = Client()
        knock(client)
        client.post(GIVE_CODE, {"code": typed})
        assert is_signed_in(client) is expected
        # The library remembers a code for half a minute, we for longer than it could be valid.
        cache.delete(TOTP(Authenticator(user=Staff.objects.get()))._get_used_cache_key(shown))


def test_a_code_is_remembered_for_as_long_as_it_could_be_valid():
    assert 30 * (2 * settings.MFA_TOTP_TOLERANCE + 1) < USED_FOR


def test_a_recovery_code_works_once():
    staff = hire()
    give_app(staff)
    spare = give_codes(staff)[0]
    for client, expected in ((Client(), True), (Client(), False)):
        knock(client)
        client.post(GIVE_CODE, {"code": spare})
        assert is_signed_in(client) is expected


def test_nobody_is_told_whether_the_name_or_the_password_was_wrong(client):
    hire()
    wrong_password = knock(client, password="not the password").content
    unknown_name = knock(client, username="mutua").content
    sentence = b"The sign-in name or the password is not right."
    assert sentence in wrong_password
    assert sentence in unknown_name


def test_capitals_in_the_name_do_not_matter(client):
    give_app(hire())
    assert knock(client, username=" WanjiKU ").url == GIVE_CODE


def test_two_people_cannot_have_names_that_differ_in_capitals(wanjiku):
    from django.db import IntegrityError, transaction

    for name in ("WANJIKU", "wanjiku"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Staff.objects.create(username=name, display_name="Another")


def test_who_left_cannot_come_in(client):
    Staff.objects.filter(pk=hire().pk).update(is_active=False)
    answer = knock(client)
    assert b"is not right" in answer.content
    assert not is_signed_in(client)


def test_a_failed_attempt_on_a_colleague_is_in_the_ledger_and_one_on_nobody_is_not(client):
    staff = hire()
    knock(client, password="wrong")
    knock(client, username="nobody-here", password="wrong")
    assert [line.about for line in ledger("staff.sign_in_failed")] == [f"staff:{staff.pk}"]


def test_passwords_are_kept_as_argon2(real_hash):
    assert hire().password.startswith("argon2$argon2id$")


def test_sign_in_sends_nobody_off_site(client):
    secret = give_app(hire())
    client.post(f"{SIGN_IN}?next=https://elsewhere.example/", {
        "login": "wanjiku", "password": PASSWORD, "next": "//elsewhere.example/",
    })  # fmt: skip
    assert client.post(GIVE_CODE, {"code": code(secret)}).url == "/"


def test_sign_in_leads_back_to_the_page_that_was_asked_for(client):
    secret = give_app(hire())
    asked = client.get("/me/").url
    client.post(asked, {"login": "wanjiku", "password": PASSWORD, "next": "/me/"})
    assert client.post(GIVE_CODE, {"code": code(secret)}).url == "/me/"


def test_pages_come_in_the_language_one_reads(client):
    staff = hire()
    secret = give_app(staff)
    Staff.objects.filter(pk=staff.pk).update(language="sw")
    knock(client)
    client.post(GIVE_CODE, {"code": code(secret)})
    assert 'lang="sw"' in client.get("/me/").content.decode()


def test_a_new_session_key_is_given_at_sign_in(client):
    secret = give_app(hire())
    knock(client)
    before = client.session.session_key
    client.post(GIVE_CODE, {"code": code(secret)})
    assert client.session.session_key != before


def test_the_session_holds_no_password_and_no_name(client):
    secret = give_app(hire())
    knock(client)
    client.post(GIVE_CODE, {"code": code(secret)})
    said = str(dict(client.session.items()))
    assert PASSWORD not in said
    assert "Wanjiku" not in said


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_reset_password", "account_inactive",
     "account_set_password", "mfa_login_webauthn", "mfa_download_recovery_codes"],
)  # fmt: skip
def test_what_we_do_not_serve_does_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_signing_out_ends_the_session(at_work):
    assert at_work.post("/sign-in/out/").status_code == 302
    assert not is_signed_in(at_work)
    assert len(ledger("staff.signed_out")) == 1

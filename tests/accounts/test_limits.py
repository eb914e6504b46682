import hashlib

import pytest
from django.core import signing
from django.test import Client

from tests.accounts.staff import PASSWORD, code, give_app, hire, is_signed_in, sign_in
from tests.accounts.test_sign_in import GIVE_CODE, SIGN_IN

pytestmark = pytest.mark.django_db

OFFICE = "197.136.0.5"  # one address for everybody behind the router


def try_password(username, password, address=OFFICE):
    """Sign in from an address; returns the client, to be asked whether it got anywhere."""
    client = Client(REMOTE_ADDR=address)
    client.post(SIGN_IN, {"login": username, "password": password})
    return client


def waits_for_code(client):
    return "account_login" in client.session


def test_wrong_passwords_close_the_name_for_a_while():
    give_app(hire("wanjiku"))
    for _ in range(5):
        try_password("wanjiku", "a guess")
    assert not waits_for_code(try_password("wanjiku", PASSWORD))


def test_spelling_the_name_otherwise_gives_no_further_guesses():
    give_app(hire("wanjiku"))
    for name in ("wanjiku", "Wanjiku", "WANJIKU", " wanjiku ", "wanjikU"):
        try_password(name, "a guess")
    assert not waits_for_code(try_password("wanjiku", PASSWORD))


def test_a_closed_name_does_not_close_the_office():
    give_app(hire("wanjiku"))
    give_app(hire("otieno"))
    for _ in range(30):
        try_password("wanjiku", "a guess")
    assert waits_for_code(try_password("otieno", PASSWORD))


def test_many_wrong_names_from_one_address_do_not_close_the_office():
    give_app(hire("otieno"))
    for number in range(40):
        try_password(f"guess{number}", "a guess")
    assert waits_for_code(try_password("otieno", PASSWORD))


def test_a_guesser_elsewhere_does_not_at_once_shut_the_colleague_out():
    give_app(hire("wanjiku"))
    for _ in range(6):
        try_password("wanjiku", "a guess", address="203.0.113.9")
    assert waits_for_code(try_password("wanjiku", PASSWORD))


def test_a_guesser_with_many_addresses_is_stopped_by_the_name():
    give_app(hire("wanjiku"))
    for number in range(20):
        try_password("wanjiku", "a guess", address=f"203.0.113.{number}")
    assert not waits_for_code(try_password("wanjiku", PASSWORD, address="203.0.113.99"))


def test_another_host_name_gives_no_further_guesses(settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    give_app(hire("wanjiku"))
    for _ in range(5):
        try_password("wanjiku", "a guess")
    client = Client(REMOTE_ADDR=OFFICE, headers={"host": "other.example"})
    client.post(SIGN_IN, {"login": "wanjiku", "password": PASSWORD})
    assert not waits_for_code(client)


def test_signing_in_often_is_no_attack():
    give_app(hire("wanjiku"))
    for _ in range(8):
        assert waits_for_code(try_password("wanjiku", PASSWORD))


def test_codes_cannot_be_guessed():
    secret = give_app(hire("wanjiku"))
    client = try_password("wanjiku", PASSWORD)
    right = code(secret)
    for number in range(5):
        client.post(GIVE_CODE, {"code": f"{number:06}"})
    client.post(GIVE_CODE, {"code": right})
    assert not is_signed_in(client)
    # Another browser does not begin to count anew.
    other = try_password("wanjiku", PASSWORD, address="203.0.113.9")
    other.post(GIVE_CODE, {"code": right})
    assert not is_signed_in(other)


def test_confirming_too_often_is_answered_calmly(at_work):
    for _ in range(21):
        answer = at_work.post("/sign-in/confirm/", {"password": "a guess"})
    assert answer.status_code == 429
    assert "Wait some minutes" in answer.content.decode()


def test_attempts_are_counted_in_the_database_for_all_processes(settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("db.DatabaseCache")
    from nyumbani.accounts.models import Counter

    hire("wanjiku")
    try_password("wanjiku", "a guess")
    assert Counter.objects.exists()
    kept = str(list(Counter.objects.values()))
    assert "wanjiku" not in kept
    assert OFFICE not in kept


COOKIE = "seen-before"


def signed_in_here(staff, client=None):
    """A browser in which this person has signed in, and out again; returns it."""
    secret, client = give_app(staff), client or Client(REMOTE_ADDR=OFFICE)
    client.post(SIGN_IN, {"login": staff.username, "password": PASSWORD})
    client.post(GIVE_CODE, {"code": code(secret)})
    assert is_signed_in(client)
    client.post("/sign-in/out/")
    return client


def spend(username):
    """Strangers at many addresses, one of them the office's, use up what a name has."""
    for number in range(25):
        try_password(username, "a guess", address=OFFICE if number < 6 else f"203.0.113.{number}")
    assert not waits_for_code(try_password(username, PASSWORD, address="198.51.100.7"))


def test_strangers_do_not_keep_a_colleague_out_of_their_own_browser():
    wanjiku = hire("wanjiku")
    client = signed_in_here(wanjiku)
    spend("wanjiku")
    client.post(SIGN_IN, {"login": "Wanjiku", "password": PASSWORD})
    assert waits_for_code(client)


def test_nor_out_of_an_open_session():
    wanjiku = hire("wanjiku")
    client = sign_in(Client(REMOTE_ADDR=OFFICE), wanjiku)
    spend("wanjiku")
    client.post("/lock/")
    client.post("/locked/", {"answer": PASSWORD})
    assert client.get("/me/").status_code == 200


def test_wrong_passwords_at_a_locked_screen_close_no_other_way_in():
    wanjiku = hire("wanjiku")
    give_app(wanjiku)
    client = sign_in(Client(REMOTE_ADDR=OFFICE), wanjiku)
    client.post("/lock/")
    for _ in range(20):
        client.post("/locked/", {"answer": "a guess"})
    assert waits_for_code(try_password("wanjiku", PASSWORD))


def test_a_browser_one_knows_has_a_count_of_its_own():
    client = signed_in_here(hire("wanjiku"))
    for _ in range(5):
        client.post(SIGN_IN, {"login": "wanjiku", "password": "a guess"})
    client.post(SIGN_IN, {"login": "wanjiku", "password": PASSWORD})
    assert not waits_for_code(client)
    assert waits_for_code(try_password("wanjiku", PASSWORD, address="198.51.100.7"))


def test_who_signed_in_here_before_opens_no_door_to_another_name():
    client = signed_in_here(hire("otieno"))
    give_app(hire("wanjiku"))
    spend("wanjiku")
    client.post(SIGN_IN, {"login": "wanjiku", "password": PASSWORD})
    assert not waits_for_code(client)


def test_colleagues_at_one_computer_are_all_remembered():
    wanjiku, otieno = hire("wanjiku"), hire("otieno")
    client = signed_in_here(otieno, signed_in_here(wanjiku))
    for name in ("wanjiku", "otieno"):
        spend(name)
        client.post(SIGN_IN, {"login": name, "password": PASSWORD})
        assert waits_for_code(client)


@pytest.mark.parametrize("value", ["", "x", "eyJhIjoiYiJ9:1uvDzN:forged"])
def test_a_mark_somebody_made_up_counts_for_nothing(value):
    give_app(hire("wanjiku"))
    spend("wanjiku")
    client = Client()
    client.cookies[COOKIE] = value
    client.post(SIGN_IN, {"login": "wanjiku", "password": PASSWORD})
    assert not waits_for_code(client)


def test_the_mark_names_nobody_and_is_for_this_site_alone(settings):
    settings.SESSION_COOKIE_SECURE = True
    wanjiku = hire("wanjiku")
    client = signed_in_here(wanjiku)
    mark = client.cookies[COOKIE]
    assert (mark["httponly"], mark["secure"], mark["samesite"]) == (True, True, "Strict")
    assert mark["max-age"] == 90 * 24 * 60 * 60
    told = str(signing.loads(mark.value, salt=COOKIE))
    for named in ("wanjiku", "Wanjiku", wanjiku.pk):
        assert named not in told
    assert hashlib.sha256(b"wanjiku").hexdigest()[:32] not in told  # keyed: not to be guessed


def test_who_has_shown_no_second_factor_is_not_remembered():
    hire("wanjiku")
    assert COOKIE not in try_password("wanjiku", PASSWORD).cookies

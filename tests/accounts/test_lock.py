import pytest
from django.contrib.sessions.models import Session
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
from tests.accounts.urls import SECRET

pytestmark = pytest.mark.django_db

LOCKED = "/locked/"


def leave_alone(client, minutes):
    """Nobody touches the client for so long."""
    session = client.session
    session["nyumbani_seen"] -= int(minutes * 60)
    session.save()


def rows_written(client, **more):
    before = list(Session.objects.values_list("session_data", flat=True))
    client.get("/", **more)
    return before != list(Session.objects.values_list("session_data", flat=True))


def test_a_hidden_session_opens_nothing(at_work):
    assert at_work.get("/").content.decode() == SECRET
    assert at_work.post("/lock/").url == LOCKED
    for page in ("/", "/me/", "/sign-in/sessions/", "/staff/", "/sign-in/second-factor/app/"):
        assert at_work.get(page).url == LOCKED
    assert at_work.post("/me/", {"display_name": "Mallory"}).url == LOCKED
    assert at_work.get("/public/").content == b"nobody"
    assert len(ledger("session.hidden")) == 1


def test_the_locked_page_names_nobody(at_work):
    at_work.post("/lock/")
    page = at_work.get(LOCKED).content.decode()
    assert "anjiku" not in page
    assert "<title>" in page


def test_the_password_opens_it_again(at_work):
    at_work.post("/lock/", {"back": "/me/?tab=2"})
    assert at_work.post(LOCKED, {"answer": PASSWORD}).url == "/me/"
    assert at_work.get("/").content.decode() == SECRET
    assert len(ledger("session.unlocked")) == 1


def test_a_code_from_the_phone_opens_it_again(wanjiku):
    secret = give_app(wanjiku)
    client = sign_in(Client(), wanjiku)
    client.post("/lock/")
    client.post(LOCKED, {"answer": code(secret)})
    assert client.get("/").content.decode() == SECRET


def test_a_recovery_code_opens_it_once(wanjiku):
    give_app(wanjiku)
    spare = give_codes(wanjiku)[0]
    client = sign_in(Client(), wanjiku)
    for expected in (200, 302):
        client.post("/lock/")
        client.post(LOCKED, {"answer": spare})
        assert client.get("/").status_code == expected


@pytest.mark.parametrize("answer", ["", "wrong", "123456", "12345678"])
def test_anything_else_leaves_it_locked(at_work, answer):
    at_work.post("/lock/")
    assert at_work.post(LOCKED, {"answer": answer}).status_code == 200
    assert at_work.get("/").url == LOCKED


def test_somebody_elses_password_leaves_it_locked(at_work):
    hire("otieno", password="granite-violin-moth-two")
    at_work.post("/lock/")
    at_work.post(LOCKED, {"answer": "granite-violin-moth-two"})
    assert at_work.get("/").url == LOCKED


def test_guessing_at_a_locked_screen_is_limited(at_work):
    at_work.post("/lock/")
    for _ in range(5):
        at_work.post(LOCKED, {"answer": "a guess"})
    at_work.post(LOCKED, {"answer": PASSWORD})
    assert at_work.get("/").url == LOCKED


def test_a_session_left_alone_locks_itself_and_goes_on_where_it_was(at_work):
    leave_alone(at_work, 16)
    assert at_work.get("/me/?q=Rehema").url == LOCKED
    assert "Rehema" not in str(dict(at_work.session.items()))
    assert at_work.post(LOCKED, {"answer": PASSWORD}).url == "/me/"


def test_a_session_in_use_stays_open(at_work):
    for _ in range(4):
        leave_alone(at_work, 10)
        assert at_work.get("/").content.decode() == SECRET


def test_polls_keep_no_session_awake(at_work):
    for _ in range(3):
        leave_alone(at_work, 6)
        answer = at_work.get("/", headers={"x-poll": "1"})
    assert answer.url == LOCKED


def test_typing_a_long_note_keeps_the_session_awake(at_work):
    leave_alone(at_work, 10)
    assert at_work.get("/lock/stay/").status_code == 204
    leave_alone(at_work, 10)
    assert at_work.get("/").status_code == 200


def test_activity_is_written_at_most_once_a_minute(at_work):
    at_work.get("/")
    assert not rows_written(at_work)
    leave_alone(at_work, 1.5)
    assert rows_written(at_work)


def test_a_session_without_any_mark_is_locked(wanjiku):
    client = Client()
    client.force_login(wanjiku)
    assert client.get("/").url == LOCKED


def test_one_can_sign_out_from_a_locked_screen(at_work):
    at_work.post("/lock/")
    assert at_work.post("/sign-in/out/").url == "/sign-in/"
    assert not is_signed_in(at_work)


def test_signing_in_anew_opens_a_locked_browser(at_work, wanjiku):
    secret = give_app(wanjiku)
    at_work.post("/lock/")
    at_work.post("/sign-in/", {"login": "wanjiku", "password": PASSWORD})
    assert at_work.get("/").url == LOCKED  # the password alone is not enough here
    at_work.post("/sign-in/code/", {"code": code(secret)})
    assert at_work.get("/").content.decode() == SECRET


def test_the_unlock_page_of_an_open_session_leads_on(at_work):
    assert at_work.get(LOCKED).url == "/"


def test_hiding_leads_to_no_other_site(at_work):
    at_work.post("/lock/", {"back": "//elsewhere.example/"})
    assert at_work.post(LOCKED, {"answer": PASSWORD}).url == "/"


@pytest.mark.parametrize(
    "back", ["nosuch", "accounts:nosuch", "javascript:alert(1)", "me/", "/\\x"]
)
def test_what_is_no_page_of_ours_leads_to_the_first_page(at_work, back):
    at_work.post("/lock/", {"back": back})
    assert at_work.post(LOCKED, {"answer": PASSWORD}).url == "/"


def test_a_session_that_kept_something_else_unlocks_too(at_work):
    session = at_work.session
    session["nyumbani_locked"] = "nosuch"  # as earlier versions let it in
    session.save()
    assert at_work.post(LOCKED, {"answer": PASSWORD}).url == "/"


@pytest.mark.parametrize("password", [" lantern river otter", "lantern river otter "])
def test_a_password_that_begins_or_ends_with_a_space_unlocks(password):
    client = sign_in(Client(), hire("otieno", password=password))
    client.post("/lock/")
    client.post(LOCKED, {"answer": password.strip()})
    assert client.get("/").url == LOCKED
    client.post(LOCKED, {"answer": password})
    assert client.get("/").content.decode() == SECRET


def test_a_code_typed_with_spaces_around_it_unlocks(wanjiku):
    secret = give_app(wanjiku)
    client = sign_in(Client(), wanjiku)
    client.post("/lock/")
    client.post(LOCKED, {"answer": f" {code(secret)} "})
    assert client.get("/").content.decode() == SECRET


def test_hide_is_a_post(at_work):
    assert at_work.get("/lock/").status_code == 405


def test_nobody_hides_without_a_session(client):
    assert client.post("/lock/").url.startswith("/sign-in/")


def test_leaving_ends_the_session_and_goes_somewhere_neutral(at_work, settings):
    settings.NYUMBANI_EXIT_URL = "https://neutral.example/"
    assert at_work.post("/leave/").url == "/left/"
    assert not is_signed_in(at_work)
    answer = at_work.get("/left/")
    assert answer["Refresh"] == "0; url=https://neutral.example/"
    assert "yumbani" not in answer.content.decode()


def test_a_visitor_leaves_too(client):
    assert client.post("/leave/").url == "/left/"

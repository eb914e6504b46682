import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from nyumbani.accounts import actions
from nyumbani.accounts.models import SetupLink, Staff
from nyumbani.accounts.terms import LinkClosed, NotPossible, Role
from nyumbani.accounts.viewers import viewer_for
from nyumbani.kit import clock
from nyumbani.kit.doer import System
from tests.accounts.staff import (
    PASSWORD,
    actor,
    administrator,
    agree_to,
    code,
    director,
    give_app,
    hire,
    is_signed_in,
    ledger,
    sign_in,
)
from tests.accounts.test_second_factor import START, set_up_app
from tests.accounts.urls import SECRET

pytestmark = pytest.mark.django_db

SERVE = System("serve")
FIRST = {
    "display_name": "Cherono",
    "username": "Cherono",
    "password1": PASSWORD,
    "password2": PASSWORD,
}
AGAIN = {"password1": PASSWORD, "password2": PASSWORD}


def first_page():
    return f"/set-up/{actions.issue_first_link(by=SERVE)}/"


def invitation(staff=None):
    by = actor(Staff.objects.filter(username="cherono").first() or administrator())
    if staff is not None:
        director()
        page = f"/set-up/{actions.issue_link(staff_id=staff.pk, by=by)}/"
        agree_to(staff)
        return page
    staff, token = actions.invite(
        username="njeri", display_name="Njeri", roles=[Role.DOCUMENT_OFFICER], by=by
    )
    agree_to(staff)
    return f"/set-up/{token}/"


def grow_old(**ago):
    now = clock.real_now()
    SetupLink.objects.update(
        issued_at=now - timedelta(days=9), expires_at=now - timedelta(**(ago or {"seconds": 1}))
    )


def test_the_first_administrator_comes_in_and_meets_the_second_factor(client):
    page = first_page()
    assert client.get(page).status_code == 200
    client.post(page, FIRST)
    assert client.get("/staff/").url == START
    set_up_app(client)
    assert client.get("/staff/").status_code == 200
    first = Staff.objects.get()
    assert first.username == "cherono"
    assert viewer_for(first).roles == {Role.ADMINISTRATOR}
    assert SECRET not in client.get("/").content.decode()


def test_setting_up_asks_for_no_further_password(client):
    client.post(first_page(), FIRST)
    _secret, answer = set_up_app(client)
    assert client.get(answer.url).status_code == 200


def test_a_link_works_once():
    page = first_page()
    Client().post(page, FIRST)
    late = Client()
    assert late.get(page).status_code == 404
    assert late.post(page, FIRST | {"username": "mallory"}).status_code == 404
    assert not is_signed_in(late)
    assert Staff.objects.count() == 1


def test_a_new_link_makes_the_former_one_worthless(client):
    former, latter = first_page(), first_page()
    assert client.get(former).status_code == 404
    assert client.get(latter).status_code == 200


def test_there_is_no_first_link_once_there_are_staff(client):
    page = first_page()
    hire()
    with pytest.raises(NotPossible):
        actions.issue_first_link(by=SERVE)
    assert client.get(page).status_code == 404
    client.post(page, FIRST)
    assert Staff.objects.count() == 1


def test_wrong_used_and_old_links_look_alike(client):
    used = invitation()
    Client().post(used, AGAIN)
    old = invitation(Staff.objects.get(username="njeri"))
    grow_old()
    said = {client.get(page).content for page in ("/set-up/wrong/", used, old)}
    assert len({page.replace(b"wrong", b"") for page in map(_without_address, said)}) == 1
    assert client.get(used).status_code == 404


def _without_address(page):
    # The language switch returns to the page one is on, and its token is masked anew each time.
    return b"\n".join(
        line
        for line in page.splitlines()
        if b"csrfmiddlewaretoken" not in line and b'"next"' not in line
    )


def test_an_old_link_lets_nobody_in(client):
    page = invitation()
    grow_old()
    client.post(page, AGAIN)
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"password2": "something-else-entirely"}, "not the same"),
        ({"password1": "short", "password2": "short"}, "too short"),
        (
            {
                "display_name": "Cherono Koech",
                "password1": "cheronokoech",
                "password2": "cheronokoech",
            },
            "too similar",
        ),
        ({"password1": "password12345", "password2": "password12345"}, "too common"),
        ({"username": "Cherono K"}, "small letters"),
        ({"username": "x"}, "small letters"),
        ({"display_name": ""}, "required"),
    ],
)
def test_what_is_not_good_enough_is_said_and_the_link_stays_good(client, changed, complaint):
    page = first_page()
    assert complaint in client.post(page, FIRST | changed).content.decode()
    assert not Staff.objects.exists()
    client.post(page, FIRST)
    assert is_signed_in(client)


def test_an_invited_colleague_comes_in_with_the_roles_given(client):
    page = invitation()
    shown = client.get(page).content.decode()
    assert "Njeri" in shown
    assert 'name="username"' not in shown
    client.post(page, AGAIN)
    set_up_app(client)
    assert client.get("/").content.decode() == SECRET
    assert viewer_for(Staff.objects.get(username="njeri")).roles == {Role.DOCUMENT_OFFICER}


def test_before_the_link_is_used_nobody_signs_in_as_the_invited(client):
    invitation()
    for password in ("", "!", PASSWORD):
        client.post("/sign-in/", {"login": "njeri", "password": password})
        assert not is_signed_in(client)


def test_trying_the_link_in_an_administrators_browser_does_not_mix_two_people(client):
    page = invitation()
    sign_in(client, Staff.objects.get(username="cherono"))
    client.post(page, AGAIN)
    assert client.get("/").url == START  # Njeri, who has no second factor yet
    assert client.get("/staff/").url == START


def test_a_lost_phone_is_answered_with_a_new_link(client):
    staff = hire("wanjiku")
    thief = sign_in(Client(), staff)
    secret = give_app(staff)
    page = invitation(staff)
    assert thief.get("/").url.startswith("/sign-in/")
    client.post("/sign-in/", {"login": "wanjiku", "password": PASSWORD})
    client.post("/sign-in/code/", {"code": code(secret)})
    assert not is_signed_in(client)
    client.post(page, AGAIN)
    assert client.get("/").url == START


def test_nobody_makes_a_new_link_for_themselves():
    cherono = administrator()
    with pytest.raises(NotPossible):
        actions.issue_link(staff_id=cherono.pk, by=actor(cherono))


def test_who_left_gets_no_link():
    staff = hire()
    Staff.objects.update(is_active=False)
    with pytest.raises(NotPossible):
        actions.issue_link(staff_id=staff.pk, by=SERVE)


def test_the_token_is_stored_nowhere(client):
    page = invitation()
    token = page.split("/")[2]
    client.post(page, AGAIN)
    kept = str([list(model.objects.values()) for model in (SetupLink, Staff)])
    assert token not in kept
    assert token not in str([line.body for line in ledger("staff.link_issued")])
    assert token not in str(dict(client.session.items()))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_a_link_at_the_same_moment_one_gets_in():
    token = actions.issue_first_link(by=SERVE)
    outcome = []
    barrier = threading.Barrier(2)

    def come(name):
        barrier.wait()
        try:
            actions.set_up_first(
                token=token, username=name, display_name=name, password=PASSWORD, by=SERVE
            )
            outcome.append("in")
        except LinkClosed:
            outcome.append("closed")
        finally:
            connection.close()

    both = [threading.Thread(target=come, args=[name]) for name in ("cherono", "mallory")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcome) == ["closed", "in"]
    assert Staff.objects.count() == 1

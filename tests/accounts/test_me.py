import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from nyumbani.accounts import actions
from nyumbani.accounts.actions import own
from nyumbani.accounts.models import Staff
from nyumbani.accounts.terms import NotPossible, Role
from tests.accounts.staff import (
    PASSWORD,
    actor,
    administrator,
    code,
    give_app,
    hire,
    is_signed_in,
    ledger,
)
from tests.accounts.test_sign_in import GIVE_CODE, SIGN_IN

pytestmark = pytest.mark.django_db

SESSIONS = "/sign-in/sessions/"
CHANGE = "/sign-in/password/"
NEW = "granite-violin-moth-two"


def come_in(staff, steps=0, **more):
    """A whole sign-in, so that the session is listed; each code is good once."""
    client = Client(**more)
    secret = getattr(staff, "secret", None) or give_app(staff)
    staff.secret = secret
    client.post(SIGN_IN, {"login": staff.username, "password": PASSWORD})
    client.post(GIVE_CODE, {"code": code(secret, steps)})
    assert is_signed_in(client)
    return client


def test_name_and_language_are_ones_own_to_change(at_work, wanjiku):
    answer = at_work.post("/me/", {"display_name": "Wanjiku wa Kamau", "language": "sw"})
    assert answer.url == "/me/"
    changed = Staff.objects.get(pk=wanjiku.pk)
    assert (changed.display_name, changed.language) == ("Wanjiku wa Kamau", "sw")
    assert 'lang="sw"' in at_work.get("/me/").content.decode()
    assert len(ledger("staff.details_changed")) == 1
    at_work.post("/me/", {"display_name": "Wanjiku", "language": ""})
    assert 'lang="en"' in at_work.get("/me/").content.decode()


@pytest.mark.parametrize("form", [{"display_name": ""}, {"display_name": "W", "language": "tlh"}])
def test_what_cannot_be_is_not_saved(at_work, wanjiku, form):
    assert at_work.post("/me/", form).status_code == 200
    assert Staff.objects.get(pk=wanjiku.pk).display_name == "Wanjiku"


TAKEN = [
    "Otieno", "otieno", "OTIENO", " Otieno ", "Oti\u200beno", "\uff2ftieno\u00a0",
    "\uff2fTIEN\uff2f", "mutiso.o",
]  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_nobody_calls_themselves_by_a_colleagues_name(at_work, wanjiku, name):
    hire("otieno")
    Staff.objects.filter(pk=hire("mutiso.o").pk).update(display_name="Mutiso Odera")
    answer = at_work.post("/me/", {"display_name": name})
    assert "has or had this name" in answer.content.decode()
    assert Staff.objects.get(pk=wanjiku.pk).display_name == "Wanjiku"
    assert ledger("staff.details_changed") == []


def test_nor_by_one_a_colleague_had_and_gave_up(at_work, wanjiku):
    otieno = hire("mutua")
    own.change_details(display_name="Mutua Kilonzo", language="", by=actor(otieno))
    own.change_details(display_name="Baba Neema", language="", by=actor(otieno))
    Staff.objects.filter(pk=otieno.pk).update(username="another")
    for name in ("Mutua", "mutua  kilonzo", "BABA NEEMA"):
        at_work.post("/me/", {"display_name": name})
        assert Staff.objects.get(pk=wanjiku.pk).display_name == "Wanjiku"
    own.change_details(display_name="Mutua", language="", by=actor(otieno))  # one's own again
    assert Staff.objects.get(pk=otieno.pk).display_name == "Mutua"


def test_nor_is_anybody_invited_by_such_a_name(wanjiku):
    by = actor(administrator())
    for name in ("Wanjiku", "wanjiku"):
        with pytest.raises(NotPossible):
            actions.invite(username="mallory", display_name=name, roles=[Role.ESCORT], by=by)
    assert not Staff.objects.filter(username="mallory").exists()


def test_a_name_nobody_can_see_is_none(at_work, wanjiku):
    at_work.post("/me/", {"display_name": "\u200b\u2060"})
    assert Staff.objects.get(pk=wanjiku.pk).display_name == "Wanjiku"


def test_sessions_are_listed_and_one_can_be_ended(wanjiku):
    phone = come_in(wanjiku, 0, headers={"user-agent": "Phone"})
    laptop = come_in(wanjiku, 1, headers={"user-agent": "Laptop"})
    page = laptop.get(SESSIONS).content.decode()
    assert "Phone" in page
    assert "Laptop" in page
    row = UserSession.objects.get(user_agent="Phone")
    assert laptop.post(f"{SESSIONS}{row.pk}/end/").url == SESSIONS
    assert phone.get("/").url.startswith(SIGN_IN)
    assert laptop.get("/").status_code == 200
    assert len(ledger("session.ended")) == 1


def test_all_other_sessions_can_be_ended_at_once(wanjiku):
    others = [come_in(wanjiku, steps) for steps in (-1, 0)]
    here = come_in(wanjiku, 1)
    here.post(SESSIONS)
    assert not any(is_signed_in(other) for other in others)
    assert here.get("/").status_code == 200


def test_somebody_elses_session_is_not_mine_to_end(wanjiku):
    theirs = come_in(hire("otieno"))
    mine = come_in(wanjiku)
    row = UserSession.objects.get(user__username="otieno")
    assert mine.post(f"{SESSIONS}{row.pk}/end/").status_code == 404
    assert theirs.get("/").status_code == 200
    assert "End this session" not in mine.get(SESSIONS).content.decode()


def change(client, old=PASSWORD, new=NEW):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new})


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(wanjiku):
    other, here = come_in(wanjiku, 0), come_in(wanjiku, 1)
    assert here.get(CHANGE).status_code == 200
    assert change(here).url == "/me/"
    assert here.get("/").status_code == 200
    assert other.get("/").url.startswith(SIGN_IN)
    assert Staff.objects.get(pk=wanjiku.pk).check_password(NEW)
    assert len(ledger("staff.password_changed")) == 1


@pytest.mark.parametrize(
    ("old", "new"), [("wrong", NEW), (PASSWORD, "short"), (PASSWORD, "wanjikukamau")]
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_weak_one(at_work, wanjiku, old, new):
    Staff.objects.update(display_name="Wanjiku Kamau")
    assert change(at_work, old, new).status_code == 200
    assert Staff.objects.get(pk=wanjiku.pk).check_password(PASSWORD)

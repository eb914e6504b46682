import pytest
from django.test import Client

from nyumbani.accounts import actions
from nyumbani.accounts.models import Staff
from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import viewer_for
from nyumbani.kit.doer import System
from tests.accounts.staff import is_signed_in
from tests.accounts.urls import SECRET

pytestmark = pytest.mark.django_db

ENTER = "/demo/enter/"
DEMO = System("demo")


@pytest.fixture
def demo(settings):
    settings.NYUMBANI_DEMO = True


def test_outside_the_demonstration_the_door_does_not_exist(client):
    link = f"{ENTER}{actions.issue_demo_link(by=DEMO)}/"
    assert client.get(ENTER).status_code == 404
    assert client.post(ENTER, {"role": "caseworker"}).status_code == 404
    assert client.get(link).status_code == 404
    assert not is_signed_in(client)
    assert not Staff.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_one_click_a_role(demo, client, role):
    page = client.get(ENTER).content.decode()
    assert f'value="{role.value}"' in page
    client.post(ENTER, {"role": role.value})
    staff = Staff.objects.get(pk=client.session["_auth_user_id"])
    assert viewer_for(staff).roles == {role}
    assert client.get("/me/").status_code == 200


def test_changing_parts_is_one_click_too(demo, client):
    client.post(ENTER, {"role": "caseworker"})
    assert client.get("/").content.decode() == SECRET
    client.post(ENTER, {"role": "administrator"})
    assert client.get("/staff/").status_code == 200
    assert Staff.objects.count() == len(Role)


def test_a_role_that_is_none_lets_nobody_in(demo, client):
    client.post(ENTER, {"role": "queen"})
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "more",
    [
        {"REMOTE_ADDR": "192.168.1.20"},
        {"REMOTE_ADDR": "::ffff:10.0.0.1"},
        {"REMOTE_ADDR": ""},
        {"headers": {"x-forwarded-for": "127.0.0.1"}},
    ],
)
def test_the_door_opens_from_this_machine_only(demo, more):
    client = Client(**more)
    assert client.get(ENTER).status_code == 404
    client.post(ENTER, {"role": "caseworker"})
    assert not is_signed_in(client)


def test_the_printed_link_leads_to_the_caseworkers_desk_once(demo):
    link = f"{ENTER}{actions.issue_demo_link(by=DEMO)}/"
    first, second = Client(), Client()
    assert first.get(link).url == "/"
    assert first.get("/").content.decode() == SECRET
    assert second.get(link).status_code == 404
    assert not is_signed_in(second)


def test_a_demonstration_link_sets_nobody_up(demo, client):
    token = actions.issue_demo_link(by=DEMO)
    assert client.get(f"/set-up/{token}/").status_code == 404


def test_a_demonstrations_session_opens_nothing_in_a_real_house(demo, client, settings):
    client.post(ENTER, {"role": "caseworker"})
    settings.NYUMBANI_DEMO = False
    assert client.get("/").url == "/sign-in/"
    assert not is_signed_in(client)


@pytest.mark.parametrize("page", ["/sign-in/second-factor/app/", "/public/", "/locked/"])
def test_nor_does_it_last_until_a_second_factor_is_set_up(demo, client, settings, page):
    client.post(ENTER, {"role": "director"})
    settings.NYUMBANI_DEMO = False
    client.get(page)
    assert not is_signed_in(client)


def test_a_hidden_one_ends_too(demo, client, settings):
    client.post(ENTER, {"role": "director"})
    client.post("/lock/")
    settings.NYUMBANI_DEMO = False
    client.get("/")
    client.post("/locked/", {"answer": ""})
    assert not is_signed_in(client)


def test_a_hidden_screen_of_the_demonstration_opens_without_a_password(demo, client):
    client.post(ENTER, {"role": "caseworker"})
    client.post("/lock/")
    assert client.get("/").url == "/locked/"
    client.post("/locked/")
    assert client.get("/").content.decode() == SECRET


def test_there_is_no_password_to_change(demo, client):
    client.post(ENTER, {"role": "caseworker"})
    assert client.get("/sign-in/password/").status_code == 404
    assert "/sign-in/password/" not in client.get("/me/").content.decode()


def test_invented_staff_are_made_once():
    first = actions.make_demo_staff(by=DEMO)
    assert actions.make_demo_staff(by=DEMO) == first
    assert set(first) == set(Role)
    assert first[Role.CASEWORKER].display_name == "Wanjiku"
    assert not any(staff.has_usable_password() for staff in Staff.objects.all())

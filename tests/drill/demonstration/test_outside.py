"""In a real house the demonstration's pages do not exist; in a demonstration one must come in."""

import pytest
from django.apps import apps
from django.urls import reverse

from nyumbani.drill import urls
from nyumbani.drill.terms import CLOCK_FILE
from nyumbani.kit import clock
from nyumbani.ui import navigation
from tests.hands import real_time_again
from tests.people_here import JULY_2014

pytestmark = pytest.mark.django_db

PATHS = [
    reverse(f"drill:{pattern.name}", args=["nafula"] if "key" in str(pattern.pattern) else [])
    for pattern in urls.urlpatterns
]


@pytest.mark.parametrize("path", PATHS)
def test_in_a_real_house_there_is_no_such_page(client, wanjiku, path):
    client.force_login(wanjiku)
    session = client.session
    session["nyumbani_proven"] = True
    session["nyumbani_seen"] = int(clock.real_now().timestamp())
    session.save()
    assert client.get("/").status_code == 200
    assert client.get(path).status_code in {404, 405}
    assert client.post(path).status_code in {404, 405}
    assert {client.get(path).status_code, client.post(path).status_code} != {405}


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_led_to_the_door(client, settings, path):
    settings.NYUMBANI_DEMO = True
    if path == reverse("drill:ready"):
        assert client.get(path).status_code == 202
    else:
        assert client.get(path).url.startswith("/sign-in/")


def test_in_a_real_house_the_clock_is_real_and_no_banner_hangs(monkeypatch):
    monkeypatch.setattr(navigation, "_banners", [])
    apps.get_app_config("drill").ready()
    assert navigation.banners() == []
    assert abs((clock.now() - clock.real_now()).total_seconds()) < 5


def test_in_a_demonstration_every_page_shows_the_storys_time(client, settings, monkeypatch):
    settings.NYUMBANI_DEMO = True
    monkeypatch.setattr(navigation, "_banners", [])
    file = settings.NYUMBANI_DATA / CLOCK_FILE
    clock.ClockFile(file).set(JULY_2014)
    try:
        apps.get_app_config("drill").ready()
        page = client.get("/demo/enter/").content.decode()
        assert "Demonstration: invented people." in page
        assert "14 Jul 2014 08:00" in page
        assert 'href="/demo/"' in page
    finally:
        real_time_again()
        file.unlink()

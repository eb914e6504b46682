"""While the house is locked every page says so, calmly, with 503."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from nyumbani.vault import envelope, keyring
from nyumbani.vault.middleware import HouseLocked

pytestmark = pytest.mark.pure


@pytest.fixture
def keys(settings, tmp_path, monkeypatch):
    settings.NYUMBANI_KEYS = tmp_path / "keys"
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "memory"))
    return settings.NYUMBANI_KEYS


def ask(page=lambda _request: HttpResponse("the page")):
    return HouseLocked(page)(RequestFactory().get("/inbox/"))


def test_an_open_house_shows_its_pages(keys):
    keyring.make()
    assert ask().content == b"the page"


def test_a_locked_house_says_so_until_it_is_unlocked(keys):
    keyring.make("maji ya kunywa")
    answer = ask()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "The house is locked" in answer.content.decode()
    keyring.unlock("maji ya kunywa")
    assert ask().content == b"the page"


def test_a_house_without_its_key_tells_strangers_nothing_of_where_it_should_be(keys):
    answer = ask()
    assert answer.status_code == 503
    assert str(keys) not in answer.content.decode()


def test_a_key_that_is_not_this_houses_closes_the_page_that_needs_it(keys):
    keyring.write([envelope.new_key()])
    gate = HouseLocked(lambda _request: HttpResponse())
    request = RequestFactory().get("/inbox/")
    assert gate.process_exception(request, keyring.BadKey("another")).status_code == 503
    assert gate.process_exception(request, ValueError()) is None


def test_the_page_is_laid_out_from_right_to_left_in_arabic(keys):
    with translation.override("ar"):
        assert 'dir="rtl"' in ask().content.decode()

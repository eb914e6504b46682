"""The room is tested under its own addresses, with a quick password hash."""

import pytest
from django.test import Client

from tests.accounts.staff import hire, sign_in


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/accounts/" in item.nodeid:
            item.add_marker(pytest.mark.urls("tests.accounts.urls"))


@pytest.fixture(autouse=True)
def quick_hash(settings, request):
    """Argon2 takes a fifth of a second by design; one test asks for it."""
    if "real_hash" not in request.fixturenames:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def real_hash():
    """Marks a test that needs the product's password hash."""


@pytest.fixture
def wanjiku(db):
    """A caseworker."""
    return hire("wanjiku")


@pytest.fixture
def at_work(wanjiku):
    """The caseworker's signed-in browser."""
    return sign_in(Client(), wanjiku)

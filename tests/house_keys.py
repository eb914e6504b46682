"""The house has its keys before any test that touches the database."""

import pytest

from nyumbani.kit.doer import System
from nyumbani.vault import datakeys, index, intake, keyring
from nyumbani.vault.models import DataKey


@pytest.fixture(autouse=True)
def house_keys(request: pytest.FixtureRequest) -> None:
    """Make the keys a flushed or fresh database lacks; tests without a database are left alone."""
    touches = {"db", "transactional_db", "live_server", "client", "admin_client"}
    if not (request.node.get_closest_marker("django_db") or touches & set(request.fixturenames)):
        return
    request.getfixturevalue("_django_db_helper")
    from nyumbani.inbox import doorkeeper
    from nyumbani.vault.actions import make_house_keys

    doorkeeper.forget()

    if not keyring.key_file().exists():
        keyring.make()
    if not DataKey.objects.exists():
        datakeys.forget()
        index.forget()
        intake.forget()
        make_house_keys(by=System("tests"))

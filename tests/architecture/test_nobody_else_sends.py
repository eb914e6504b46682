"""Nothing but the inbox's carriers reaches a platform; the contracts that say so really bite."""

import tomllib
from copy import deepcopy
from pathlib import Path

import grimp
import pytest
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.protected import ProtectedContract

pytestmark = pytest.mark.pure
PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
TYPES = {"forbidden": ForbiddenContract, "protected": ProtectedContract}

# contract → who imports what, in a house that is built wrongly
BREACHES = {
    "requests": [
        ("nyumbani.inbox.sender", "nyumbani.inbox.channels.whatsapp.send"),
        ("nyumbani.broadcasts.apps", "nyumbani.inbox.channels.sms.send"),
        ("nyumbani.desk.queries", "nyumbani.inbox.channels.telegram.send"),
    ],
    "carriers": [
        ("nyumbani.inbox.actions.writing", "nyumbani.inbox.sender"),
        ("nyumbani.broadcasts.apps", "nyumbani.inbox.sender"),
        ("nyumbani.inbox.views.templates", "nyumbani.inbox.librarian"),
    ],
    "platforms": [
        ("nyumbani.inbox.actions.writing", "nyumbani.inbox.platforms"),
        ("nyumbani.watch.apps", "nyumbani.inbox.platforms"),
        ("nyumbani.workflows.intake", "nyumbani.inbox.platforms"),
    ],
    "nobody-else-sends": [
        ("nyumbani.broadcasts.apps", "nyumbani.inbox.sender"),
        ("nyumbani.chats.apps", "nyumbani.kit.http"),
        ("nyumbani.desk.urls", "nyumbani.inbox.channels.messenger.send"),
        # Not straight, but by way of a helper of the inbox that looks harmless.
        ("nyumbani.inbox.outlet", "nyumbani.inbox.platforms"),
        ("nyumbani.inbox.queries.lines", "nyumbani.inbox.sender"),
    ],
    "nobody-else-connects": [
        ("nyumbani.broadcasts.apps", "httpx"),
        ("nyumbani.inbox.actions.writing", "socket"),
        ("nyumbani.cases.queries", "smtplib"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def house():
    """Who imports whom, read once."""
    configure()
    return grimp.build_graph("nyumbani", include_external_packages=True, cache_dir=None)


def contract(name):
    told = tomllib.loads(PYPROJECT.read_text())["tool"]["importlinter"]
    (options,) = [one for one in told["contracts"] if one.get("id") == name]
    session = {"root_packages": [told["root_package"]], "include_external_packages": "true"}
    given = {key: value for key, value in options.items() if key not in {"id", "type"}}
    given = {key: str(value) if isinstance(value, bool) else value for key, value in given.items()}
    return TYPES[options["type"]](options["name"], session, given)


def holds(name, graph):
    return contract(name).check(deepcopy(graph), verbose=False).kept


@pytest.mark.parametrize("name", BREACHES)
def test_the_house_as_it_stands_keeps_the_contract(house, name):
    assert holds(name, house)


@pytest.mark.parametrize(
    ("name", "importer", "imported"),
    [(name, *breach) for name, breaches in BREACHES.items() for breach in breaches],
)
def test_a_way_past_the_inbox_would_be_noticed(house, name, importer, imported):
    if imported not in house.modules:
        house.add_module(imported, is_squashed="." not in imported)
    assert importer in house.modules
    house.add_import(importer=importer, imported=imported)
    try:
        assert not holds(name, house)
    finally:
        house.remove_import(importer=importer, imported=imported)

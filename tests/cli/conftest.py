"""Keys folders and houses that belong to one test alone."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings as house_settings

from nyumbani.vault import datakeys, index
from tests.cli.houses import House


@pytest.fixture(autouse=True)
def umask():
    """The command makes files its owner's alone; the suite goes on as it was."""
    former = os.umask(0o022)
    yield
    os.umask(former)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house nobody has set up yet."""
    return House(tmp_path)


@pytest.fixture
def own_keys(house_keys, settings, tmp_path, monkeypatch) -> Path:
    """A keys folder of this test's own, with the suite's key in it: tests change and close keys."""
    folder = tmp_path / "keys"
    shutil.copytree(house_settings.NYUMBANI_KEYS, folder)
    for left in (folder / "ledger-head", folder / "recovery.pub", folder / "last-backup.json"):
        left.unlink(missing_ok=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "memory"))
    settings.NYUMBANI_KEYS = folder
    yield folder
    datakeys.forget()
    index.forget()


@pytest.fixture
def own_data(settings, tmp_path) -> Path:
    """A data folder of this test's own; the database stays where it is."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    settings.NYUMBANI_DATA = folder
    return folder

"""Each of these tests begins with an empty ledger and a witness that has seen nothing."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def house_keys() -> None:
    """This floor knows no keys; making them would write lines into the ledger under test."""


@pytest.fixture(autouse=True)
def keys_folder(tmp_path: Path, settings) -> Path:
    """Where the head witness of this test is kept."""
    settings.NYUMBANI_KEYS = tmp_path / "keys"
    return settings.NYUMBANI_KEYS

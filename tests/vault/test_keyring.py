"""Where the installation key comes from, and what happens without it."""

import base64
import os

import pytest

from nyumbani.vault import keyring

pytestmark = pytest.mark.pure


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    settings.NYUMBANI_KEYS = tmp_path / "keys"
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "memory"))
    return tmp_path


def test_a_new_key_lies_in_a_file_only_its_owner_can_read():
    file = keyring.make()
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(keyring.installation_keys()[0]) == 32


def test_a_key_is_never_replaced_by_making_another():
    keyring.make()
    with pytest.raises(keyring.BadKey, match="exists already"):
        keyring.make()


def test_a_key_others_can_read_is_refused():
    keyring.make().chmod(0o644)
    with pytest.raises(keyring.BadKey, match="0600"):
        keyring.installation_keys()


def test_a_closed_key_waits_for_its_passphrase():
    file = keyring.make("maji ya kunywa")
    assert keyring.is_locked()
    with pytest.raises(keyring.Locked):
        keyring.installation_keys()
    keyring.unlock("maji ya kunywa")
    (key,) = keyring.installation_keys()
    assert base64.b64encode(key).decode() not in file.read_text()
    keyring.lock()
    assert keyring.is_locked()


def test_a_wrong_passphrase_says_so():
    keyring.make("maji ya kunywa")
    with pytest.raises(keyring.BadKey, match="not the passphrase"):
        keyring.unlock("maji ya chumvi")


def test_the_environment_comes_first(monkeypatch):
    keyring.make()
    given = os.urandom(32)
    monkeypatch.setenv("NYUMBANI_KEY", base64.b64encode(given).decode())
    assert keyring.installation_keys() == [given]


@pytest.mark.parametrize("text", ["nonsense!", base64.b64encode(b"short").decode()])
def test_a_key_that_cannot_be_one_is_refused(monkeypatch, text):
    monkeypatch.setenv("NYUMBANI_KEY", text)
    with pytest.raises(keyring.BadKey):
        keyring.installation_keys()


def test_no_key_says_where_it_was_looked_for():
    with pytest.raises(keyring.BadKey, match=r"installation\.key"):
        keyring.installation_keys()

"""Sealed files are age files; the intake door can only be written to."""

import pyrage
import pytest
from django.conf import settings

from nyumbani.vault import datakeys, envelope, files, intake, terms
from tests.hands import seal_bytes

pytestmark = pytest.mark.django_db


def test_a_sealed_file_opens_here_and_with_plain_age():
    sealed = seal_bytes(b"voice of Rehema", terms.HOUSE)
    raw = (settings.NYUMBANI_DATA / sealed.path).read_bytes()
    assert raw.startswith(b"age-encryption.org/v1")
    assert b"Rehema" not in raw
    assert files.open_file(sealed, terms.HOUSE) == b"voice of Rehema"
    identity = pyrage.x25519.Identity.from_str(datakeys.current(terms.HOUSE).identity())
    assert pyrage.decrypt(raw, [identity]) == b"voice of Rehema"


@pytest.mark.parametrize("position", [10, 200, -1])
def test_a_changed_file_does_not_open(position):
    sealed = seal_bytes(b"x" * 100_000, terms.HOUSE)
    path = settings.NYUMBANI_DATA / sealed.path
    raw = bytearray(path.read_bytes())
    raw[position] ^= 1
    path.write_bytes(bytes(raw))
    with pytest.raises(envelope.CannotOpen):
        files.open_file(sealed, terms.HOUSE)


def test_a_file_put_in_another_ones_place_is_noticed():
    one = seal_bytes(b"one", terms.HOUSE)
    other = seal_bytes(b"other", terms.HOUSE)
    (settings.NYUMBANI_DATA / one.path).write_bytes(
        (settings.NYUMBANI_DATA / other.path).read_bytes()
    )
    with pytest.raises(envelope.CannotOpen, match="not the one"):
        files.open_file(one, terms.HOUSE)


def test_a_missing_file_says_so():
    sealed = seal_bytes(b"one", terms.HOUSE)
    (settings.NYUMBANI_DATA / sealed.path).unlink()
    with pytest.raises(envelope.CannotOpen, match="not there"):
        files.open_file(sealed, terms.HOUSE)


def test_the_door_seals_without_the_installation_key(monkeypatch):
    key, sealed = intake.seal(b"body")
    monkeypatch.setenv("NYUMBANI_KEY", "AAAA")  # unusable from here on
    again_key, again = intake.seal(b"body")
    assert again_key == key
    assert again != sealed
    monkeypatch.delenv("NYUMBANI_KEY")
    assert intake.unseal(key, sealed) == b"body"


def test_a_changed_body_does_not_open():
    key, sealed = intake.seal(b"body")
    with pytest.raises(envelope.CannotOpen):
        intake.unseal(key, sealed[:-1] + bytes([sealed[-1] ^ 1]))

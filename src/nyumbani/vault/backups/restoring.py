"""Taking a backup apart again: into a folder that is there whole and checked, or not at all.

Needs neither database nor installation key, so that a drill can be held on any machine.
"""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyrage

from nyumbani.kit.console import CannotDo
from nyumbani.vault.backups import archive, recovery
from nyumbani.vault.backups.archive import Manifest, NotABackup, Writer

DATABASE = "nyumbani.sqlite3"  # as config.environment calls it in the data folder


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was taken apart and held against its manifest."""

    into: Path
    database: Path
    manifest: Manifest

    @property
    def is_postgres(self) -> bool:
        """Whether its database is a dump that PostgreSQL must still read in."""
        return self.database.name == archive.POSTGRES


def restore(*, file: Path, into: Path, identity: Path) -> Restored:
    """Open a backup with the private half of the recovery key and put it into a new data folder.

    Every part is held against the manifest, the database against itself and against the ledger's
    head; only then the folder takes its name. Raises CannotDo, and leaves nothing, otherwise.
    """
    key = recovery.read(identity)
    if not file.is_file():
        raise CannotDo(f"{file} is not there")
    if into.exists() and not (into.is_dir() and not any(into.iterdir())):
        raise CannotDo(f"{into} exists already and is not overwritten")
    into.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=into.parent, prefix=f".{into.name}-", suffix=".part"))
    try:
        manifest = _taken_apart(file, part, key)
        name = _checked_database(part, manifest)
        (part / archive.MANIFEST).unlink()
        part.rename(into)
    except NotABackup as error:
        raise CannotDo(f"{file} cannot be restored: {error}") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Restored(into, into / name, manifest)


def _taken_apart(file: Path, folder: Path, key: str) -> Manifest:
    writer = Writer(folder)
    try:
        with file.open("rb") as sealed:
            pyrage.decrypt_io(sealed, writer, [pyrage.x25519.Identity.from_str(key)])
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise NotABackup(
                "it is sealed to another recovery key, or its head is damaged"
            ) from None
        raise NotABackup("it is not a sealed backup, or its beginning is damaged") from None
    except OSError as error:
        if error.errno is not None:
            raise  # of this machine: full disk, unreadable file
        raise NotABackup("it was changed, or cut off before its end") from None
    finally:
        writer.close()
    return writer.finish()


def _checked_database(folder: Path, manifest: Manifest) -> str:
    """The name under which the database now lies in the folder; raises NotABackup."""
    if (folder / archive.POSTGRES).exists():
        with (folder / archive.POSTGRES).open("rb") as dump:
            if dump.read(5) != b"PGDMP":
                raise NotABackup("the database in it is not a dump of PostgreSQL")
        return archive.POSTGRES
    if not (folder / archive.SQLITE).exists():
        raise NotABackup("there is no database in it")
    database = (folder / archive.SQLITE).rename(folder / DATABASE)
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
        try:
            opened.execute("PRAGMA trusted_schema = OFF")  # its views and triggers are a stranger's
            (verdict,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
            _check_head(opened, manifest.ledger_head)
        except sqlite3.DatabaseError:
            raise NotABackup("the database in it cannot be read") from None
    if verdict != "ok":
        raise NotABackup("the database in it is damaged")
    return DATABASE


def _check_head(database: sqlite3.Connection, head: str) -> None:
    if not head:
        return
    number, _colon, hash_ = head.partition(":")
    row = database.execute("SELECT hash FROM audit_entry WHERE n = ?", [number]).fetchone()
    if row is None or bytes(row[0]).hex() != hash_:
        raise NotABackup("its ledger does not hold the head that its manifest names")

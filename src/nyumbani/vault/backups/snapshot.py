"""One moment of the database, as a file: while the house goes on working."""

import os
import shutil
import sqlite3
import subprocess  # nosec B404 - pg_dump is PostgreSQL's own way, with a fixed command line
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from nyumbani.kit.console import CannotDo
from nyumbani.vault.backups import archive

_SPARE = 64 * 1024 * 1024  # bytes that must stay free beside the copy


@contextmanager
def taken() -> Iterator[tuple[str, Path]]:
    """A consistent copy of the database: its name in a backup, and where it lies in the block.

    It is spooled in the data folder, where the database itself lies, and gone after the block:
    what is personal in it is as sealed as there. Raises CannotDo when it cannot be made.
    """
    folder = Path(tempfile.mkdtemp(dir=settings.NYUMBANI_DATA, prefix=".backup-"))
    try:
        if connection.vendor == "sqlite":
            yield archive.SQLITE, _sqlite(folder / archive.SQLITE)
        else:
            yield archive.POSTGRES, _postgres(folder / archive.POSTGRES)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sqlite(copy: Path) -> Path:
    source = Path(connection.settings_dict["NAME"])
    if not source.exists():
        raise CannotDo(f"there is no database at {source}: run 'nyumbani migrate' first")
    needed = source.stat().st_size + _SPARE
    free = shutil.disk_usage(copy.parent).free
    if free < needed:
        raise CannotDo(f"the data folder has {_mega(free)} MB free; this needs {_mega(needed)}")
    # VACUUM INTO holds one read transaction: writers go on, and what was deleted is not copied.
    with closing(sqlite3.connect(source, timeout=60, isolation_level=None)) as database:
        database.execute("VACUUM INTO ?", [str(copy)])
    return copy


def _postgres(copy: Path) -> Path:
    program = shutil.which("pg_dump")
    if program is None:
        raise CannotDo(
            "pg_dump is not installed here: install PostgreSQL's client programs of the server's"
            " version, or use the database's own backups"
        )
    command = [program, "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}"]
    done = subprocess.run(  # noqa: S603 # nosec B603 - a fixed command, no shell
        command, env=os.environ | place(), stdin=subprocess.DEVNULL, capture_output=True,
        check=False, text=True,
    )  # fmt: skip
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise CannotDo(f"pg_dump failed: {said}")
    return copy


def place() -> dict[str, str]:
    """Where the database is, as PostgreSQL's programs read it: not on the command line."""
    given = connection.settings_dict
    names = {"NAME": "DATABASE", "HOST": "HOST", "PORT": "PORT", "USER": "USER"}
    place = {f"PG{pg}": str(given[name]) for name, pg in names.items() if given.get(name)}
    return place | ({"PGPASSWORD": str(given["PASSWORD"])} if given.get("PASSWORD") else {})


def _mega(size: int) -> int:
    return size // (1024 * 1024)

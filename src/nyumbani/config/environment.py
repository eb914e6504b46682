"""What an operator may set: environment variables beginning with NYUMBANI_."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from nyumbani.drill.terms import MARK
from nyumbani.kit.wholefile import write_whole


def _under(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable) or Path.home() / default) / "nyumbani"


class Environment(BaseSettings):
    """The operator's settings, read once at start."""

    model_config = SettingsConfigDict(env_prefix="NYUMBANI_", extra="ignore")

    data: Path = Field(default_factory=lambda: _under("XDG_DATA_HOME", ".local/share"))
    keys: Path = Field(default_factory=lambda: _under("XDG_CONFIG_HOME", ".config"))
    # Empty: SQLite in the data folder; else a postgres:// address, as docs/operate/postgresql.md
    # writes it.
    database_url: str = ""
    hosts: list[str] = ["localhost", "127.0.0.1", "[::1]"]
    https: bool = False  # behind a TLS proxy: secure cookies, HSTS, redirects
    trusted_proxy: bool = False  # believe X-Forwarded-Proto and -For
    demo: bool = False  # invented people, one-click roles, clock slider; loopback only
    graph_url: str = "https://graph.facebook.com"  # the drill puts its simulated platform here
    platform_urls: dict[str, str] = {}  # likewise for other platforms, by name, as JSON
    time_zone: str = "Africa/Nairobi"
    names: list[str] = []  # what the organisation is called: never written to people in distress
    log: Literal["", "json", "lines"] = ""  # empty: lines at a terminal, JSON otherwise
    access_log: bool = False  # a line for every answer, not only for slow and broken ones


def session_secret(keys: Path) -> str:
    """Django's signing secret, made at first start and kept beside the installation key."""
    file = keys / "session.key"
    is_empty = file.exists() and not file.read_text().strip()  # a full disk, an unlucky copy
    if is_empty or not file.exists():
        # Of two processes at first start the earlier one's secret counts for both.
        with contextlib.suppress(FileExistsError):
            write_whole(file, secrets.token_urlsafe(50), replace=is_empty)
    return file.read_text().strip()


def is_demonstration(env: Environment) -> bool:
    """Whether `nyumbani demo` built this house: its mark lies beside data and keys, and the
    database is the file in them. Where real people's rows may lie no door opens to everybody.
    """
    root = env.data.resolve().parent
    is_one_house = env.keys.resolve().parent == root and not env.database_url
    return is_one_house and (root / MARK).is_file()


def database(env: Environment) -> dict[str, object]:
    """Django's DATABASES entry: SQLite first, PostgreSQL when a site outgrows it."""
    if not env.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": env.data / "nyumbani.sqlite3",
            # Opening the file and telling it how to behave costs more than most requests do.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: what was answered with 200 survives a power cut.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;",
            },
        }
    url = urlsplit(env.database_url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        # A socket folder comes as ?host=, as libpq writes it.
        "HOST": parse_qs(url.query).get("host", [unquote(url.hostname or "")])[0],
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }

"""What an operator may set: environment variables beginning with NYUMBANI_."""

import os
import secrets
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    trusted_proxy: bool = False  # believe X-Forwarded-Proto
    demo: bool = False  # invented people, one-click roles, clock slider; loopback only
    graph_url: str = "https://graph.facebook.com"  # the drill puts its simulated platform here
    time_zone: str = "Africa/Nairobi"
    log: Literal["", "json", "lines"] = ""  # empty: lines at a terminal, JSON otherwise
    access_log: bool = False  # a line for every answer, not only for slow and broken ones


def session_secret(keys: Path) -> str:
    """Django's signing secret, made at first start and kept beside the installation key."""
    file = keys / "session.key"
    if not file.exists():
        keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(50))
    return file.read_text().strip()


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

"""A mail server as an administrator names it: where it is, and how we show whose we are."""

import re
from dataclasses import dataclass, field

_HOST = re.compile(
    r"(?=.{1,253}(?::|\Z))([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    r"(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+)(?::([0-9]{1,5}))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Server:
    """One server, and our name and password there. The connection is always under TLS."""

    host: str
    port: int
    name: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    starttls: bool = False  # TLS begins after a first word in the clear; else at once


def place(written: str, *, usual: int) -> tuple[str, int]:
    """Host and port of "mail.example.org" or "mail.example.org:465"; raises ValueError."""
    found = _HOST.fullmatch(written.strip().lower())
    port = int(found[2] or usual) if found else 0
    if found is None or not 0 < port < 65536:
        raise ValueError("a host's name, or a name and a port")
    return found[1], port


def is_place(written: str) -> bool:
    """Whether this names a host, and perhaps a port."""
    try:
        place(written, usual=1)
    except ValueError:
        return False
    return True

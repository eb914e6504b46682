"""What an e-mail channel is called, what an address is, and that nobody knocks at its door."""

import re
from collections.abc import Mapping

from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.knocking import Knock

CHANNEL = "email"
KIND = "email"  # of an identifier
LONGEST = 254  # characters of an address (RFC 5321)
_ADDRESS = re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}@[^\s@<>\"(),:;\[\]\\]+\.[^\s@<>\"(),:;\[\]\\]+")
_PLAIN = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9.-]+\.[a-z0-9-]{2,}", re.ASCII)


def is_genuine(knock: Knock, secrets: Mapping[str, str]) -> bool:  # noqa: ARG001 - every channel is asked alike
    """Never: letters are fetched, so whoever knocks is a stranger."""
    return False


def names_of(address: str) -> tuple[Name, ...]:
    """Who writes from this address, in one spelling; nobody if it is none."""
    found = address.strip().casefold()
    if len(found) > LONGEST or not _ADDRESS.fullmatch(found):
        return ()
    return (Name(KIND, found),)


def can_be_written_to(address: str) -> bool:
    """Whether a letter can be addressed so on every server: letters without accents."""
    return len(address) <= LONGEST and _PLAIN.fullmatch(address) is not None


def is_ours(account: str) -> bool:
    """Whether this can be the address of one of our boxes."""
    return len(account) <= 64 and account == account.lower() and can_be_written_to(account)

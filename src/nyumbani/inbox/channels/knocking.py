"""What a request at a door shows of itself, and what a channel makes of that."""

import hmac
import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Knock:
    """A request at one of our doors, before anybody believes it."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    word: str = ""  # what stands in the address after the channel's name
    sender: str = ""  # the network address it came from


@dataclass(frozen=True, slots=True)
class Limit:
    """What a door that anybody can knock at through others takes at most."""

    largest: int  # bytes of a body
    an_hour: int  # requests of one visitor
    visitor: Callable[[bytes], str]  # whom a body counts for; empty: it is not counted


Genuine = Callable[[Knock, Mapping[str, str]], bool]
"""Whether a knock was made by whoever knows these secrets of one of our accounts."""


def is_same(offered: str, known: str) -> bool:
    """Whether the two words are one, compared in constant time; an empty one opens to nobody."""
    mine, theirs = known.encode("utf-8", "replace"), offered.encode("utf-8", "replace")
    return hmac.compare_digest(theirs, mine) and bool(known)


def is_from(sender: str, allowed: str) -> bool:
    """Whether an address is on a list of addresses and networks, set apart by commas.

    An empty list lets everybody through. One that cannot be read lets nobody through: a slip of
    the pen must not open a door.
    """
    if not allowed.strip():
        return True
    try:
        address = ipaddress.ip_address(sender)
        mapped = getattr(address, "ipv4_mapped", None)
        return any((mapped or address) in network for network in networks(allowed))
    except ValueError:
        return False


def networks(allowed: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """The networks such a list names; raises ValueError."""
    parts = [part.strip() for part in allowed.split(",")]
    return [ipaddress.ip_network(part) for part in parts if part]

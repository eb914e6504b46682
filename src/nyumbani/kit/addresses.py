"""Which addresses on the network the house may speak to: rules only, nothing is connected here."""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from nyumbani.kit.phrases import gettext_noop

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EXACT = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_SUFFIX = re.compile(rf"\*(?:\.{_LABEL}){{2,}}")

# IPv6 networks whose last 32 bits are an IPv4 address: what counts is where that leads.
_CARRIERS = (
    ipaddress.IPv6Network("::ffff:0:0/96"),  # IPv4-mapped, RFC 4291
    ipaddress.IPv6Network("64:ff9b::/96"),  # NAT64, RFC 6052: how IPv6-only sites see IPv4
)
_NEVER = (
    ipaddress.IPv6Network("::/96"),  # IPv4-compatible, RFC 4291
    ipaddress.IPv6Network("::ffff:0:0:0/96"),  # IPv4-translated, RFC 2765
    ipaddress.IPv6Network("64:ff9b:1::/48"),  # NAT64 towards a site's own network, RFC 8215
    ipaddress.IPv6Network("2001::/32"),  # Teredo, RFC 4380
    ipaddress.IPv6Network("2002::/16"),  # 6to4, RFC 3056
    ipaddress.IPv6Network("fec0::/10"),  # site-local, RFC 3879
    ipaddress.IPv4Network("192.0.0.0/24"),  # protocol assignments, RFC 6890
    ipaddress.IPv4Network("192.88.99.0/24"),  # relays of 6to4, RFC 7526
)


def why_not_global(text: str) -> str:
    """Why an address a resolver gave may not be spoken to; empty if it may."""
    try:
        address: Address = ipaddress.ip_address(text)
    except ValueError:
        return "is not an address"
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return "belongs to one network card"
        address = _carried(address) or address
    if any(address in network for network in _NEVER if network.version == address.version):
        return "belongs to a network that leads elsewhere"
    if address.is_multicast or address.is_unspecified or address.is_reserved:
        return "is not one machine's address"
    return "" if address.is_global else "is not a public address"


def is_loopback(text: str) -> bool:
    """Whether this address is this very machine."""
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False


def is_this_machine(host: str) -> bool:
    """Whether this name, or address as a URL writes it, means this very machine."""
    return host == "localhost" or is_loopback(host.strip("[]"))


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if any(address in network for network in _CARRIERS):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port: what must be the same for two addresses to be one place."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: httpx.URL) -> "Origin":
        """The origin of this URL, its port spelled out."""
        port = url.port or (443 if url.scheme == "https" else 80)
        return cls(url.scheme, url.raw_host.decode("ascii"), port)


class AllowList:
    """The hosts one part of the house may speak to: exact names or `*.suffix`, https, port 443."""

    def __init__(self, hosts: Sequence[str], loopback: str | None = None) -> None:
        """Raises `ValueError` for an entry that is neither, or a `loopback` that is not one."""
        for host in hosts:
            if not (_EXACT.fullmatch(host) or _SUFFIX.fullmatch(host)):
                raise ValueError(f"{host!r} is neither a host's name nor *.suffix")
        self.exact = frozenset(host for host in hosts if not host.startswith("*"))
        self.suffixes = tuple(host[1:] for host in hosts if host.startswith("*"))
        self.loopback = Origin.of(httpx.URL(loopback)) if loopback else None
        if self.loopback and not is_this_machine(self.loopback.host):
            raise ValueError("the loopback origin does not name this machine")

    def why_not(self, url: httpx.URL) -> str:
        """Why this URL may not be asked for; empty if it may, as far as its spelling goes."""
        if url.userinfo:
            return gettext_noop("the address carries a name or password")
        origin = Origin.of(url)
        if origin == self.loopback:
            return ""
        if origin.scheme != "https":
            return gettext_noop("only https is spoken")
        if origin.port != 443:
            return gettext_noop("only port 443 is spoken to")
        return "" if self._has(origin.host) else gettext_noop("the host is not on the list")

    def why_not_reached(self, origin: Origin, addresses: Sequence[str]) -> str:
        """Why what the origin's name resolved to may not be connected to; empty if it may.

        One bad address among good ones is enough: whoever answers for the name is not to choose.
        """
        if not addresses:
            return gettext_noop("the name has no address")
        if origin == self.loopback:
            strangers = [each for each in addresses if not is_loopback(each)]
            return gettext_noop("this machine's name leads to another machine") if strangers else ""
        reasons = (why_not_global(each) for each in addresses)
        return next((f"the host's address {why}" for why in reasons if why), "")

    def _has(self, host: str) -> bool:
        if not _EXACT.fullmatch(host):
            return False  # a trailing dot, a zone, brackets: spellings nobody honest needs
        return host in self.exact or host.endswith(self.suffixes)

"""From where a channel's files may be fetched: nowhere else, whatever a webhook says."""

from collections.abc import Iterable
from urllib.parse import urlsplit

META_HOSTS = ("lookaside.fbsbx.com", "*.fbcdn.net", "graph.facebook.com")
MESSENGER_HOSTS = (*META_HOSTS, "cdn.fbsbx.com")  # voice notes and documents lie there


def is_allowed(url: str, hosts: Iterable[str]) -> bool:
    """Whether `url` is https, on its usual port, to one of `hosts` ("*.fbcdn.net": any below it).

    This reads the address only; whoever fetches must still refuse redirects elsewhere and
    addresses inside the house.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or port not in {None, 443} or parts.username or parts.password:
        return False
    if "\\" in url or not host.isascii():
        return False
    return any(_fits(host.lower().rstrip("."), pattern) for pattern in hosts)


def _fits(host: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return host == pattern

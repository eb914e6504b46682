"""Talking to platforms: one connection pool a channel, to the hosts that channel names."""

import functools
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from nyumbani.inbox.channels.outgoing import MediaPlace, Outgoing
from nyumbani.inbox.channels.registry import Channel, channel
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.kit.http import Downloaded, Limits, Outside, Response

_MEDIA = Limits(total=300.0, largest=100 * 1024 * 1024)  # the platforms' largest document


def home(known: Channel) -> str:
    """Where a channel's platform is: at home, unless settings have put a simulated one there."""
    moved = {"graph": settings.NYUMBANI_GRAPH_URL, **settings.NYUMBANI_PLATFORM_URLS}
    return str(moved.get(known.platform.name, known.platform.home))


@functools.cache
def _outside(kind: str, base: str) -> Outside:
    known = channel(kind)
    usual = urlsplit(known.platform.home).hostname or ""
    # The drill puts its simulated platform on loopback; anything else must be on the list.
    loopback = base if base.startswith("http://") else None
    return Outside((usual, *known.platform.hosts, *known.media_hosts), loopback=loopback)


def outside(known: Channel) -> Outside:
    """The way out for one channel."""
    return _outside(known.kind, home(known))


def ask(known: Channel, account: ChannelAccount, request: Outgoing) -> Response:
    """Send a request as this account's; raises the errors of nyumbani.kit.http."""
    request = known.platform.authorised(request, account.secrets)
    url, way = home(known) + request.path, outside(known)
    if request.method == "GET":
        return way.get(url, headers=request.headers)
    return way.post(url, headers=request.headers, json=request.json, form=request.form)


def download(known: Channel, account: ChannelAccount, place: MediaPlace, to: Path) -> Downloaded:
    """Fetch a file; raises the errors of nyumbani.kit.http.

    Our token goes along only where the platform told us the place when asked: an address that
    stood in a message is not given it.
    """
    request = Outgoing("GET", place.path)
    if known.media_lookup is not None:
        request = known.platform.authorised(request, account.secrets)
    url = home(known) + request.path if place.path else place.url
    return outside(known).download(url, to, headers=request.headers, limits=_MEDIA)

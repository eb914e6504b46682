"""Talking to platforms: one connection pool a channel, to the hosts that channel names."""

import functools

from django.conf import settings

from nyumbani.inbox.channels.outgoing import Outgoing
from nyumbani.inbox.channels.registry import Channel, channel
from nyumbani.inbox.models import ChannelAccount
from nyumbani.kit.http import Limits, Outside, Response

_MEDIA = Limits(total=300.0, largest=100 * 1024 * 1024)  # the platforms' largest document


@functools.cache
def _outside(kind: str, base: str) -> Outside:
    # The drill puts its simulated platform on loopback; anything else must be on the list.
    loopback = base if base.startswith("http://") else None
    return Outside(("graph.facebook.com", *channel(kind).media_hosts), loopback=loopback)


def outside(known: Channel) -> Outside:
    """The way out for one channel."""
    return _outside(known.kind, settings.NYUMBANI_GRAPH_URL)


def ask(known: Channel, account: ChannelAccount, request: Outgoing) -> Response:
    """Send a request with the account's token; raises the errors of nyumbani.kit.http."""
    url, way = settings.NYUMBANI_GRAPH_URL + request.path, outside(known)
    if request.method == "GET":
        return way.get(url, headers=bearer(account))
    return way.post(url, headers=bearer(account), json=request.json)


def bearer(account: ChannelAccount) -> dict[str, str]:
    """The header that shows whose request it is."""
    return {"Authorization": f"Bearer {account.secrets['access_token']}"}


def media_limits() -> Limits:
    """How long and how much we wait for a file."""
    return _MEDIA

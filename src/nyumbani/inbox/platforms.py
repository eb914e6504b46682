"""Talking to platforms: one connection pool a channel, to the hosts that channel names."""

import functools
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from nyumbani.inbox.channels.outgoing import Mail, MediaPlace, Outgoing
from nyumbani.inbox.channels.registry import Channel, PostOffice, channel
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.kit import clock, mail, mailbox
from nyumbani.kit.http import Downloaded, Enclosed, Limits, Outside, Response

_MEDIA = Limits(total=300.0, largest=100 * 1024 * 1024)  # the platforms' largest document
_BRINGING = Limits(read=30.0, total=300.0)  # a file over a slow line


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


def ask(
    known: Channel, account: ChannelAccount, request: Outgoing, source: Path | None = None
) -> Response:
    """Send a request as this account's; raises the errors of nyumbani.kit.http.

    `source` is the file that its part speaks of.
    """
    if known.post is not None and request.mail is not None:
        return _posted(known.post, account, _filled(request.mail, source))
    request = known.platform.authorised(request, account.secrets)
    url, way = home(known) + request.path, outside(known)
    if request.method == "GET":
        return way.get(url, headers=request.headers)
    if request.part is None or source is None:
        return way.post(url, headers=request.headers, json=request.json, form=request.form)
    part = request.part
    with source.open("rb") as content:
        file = Enclosed(part.field, part.name, part.mime_type, content)
        return way.post(
            url, headers=request.headers, form=request.form, file=file, limits=_BRINGING
        )


def _filled(letter: Mail, source: Path | None) -> Mail:
    """The letter with what its part holds: a mail server is given it whole."""
    if letter.part is None or source is None:
        return letter
    return replace(letter, enclosed=source.read_bytes())


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


def collect(post: PostOffice, account: ChannelAccount) -> Iterator[mailbox.Collected]:
    """Letters that came since we last looked; raises mailbox.NoEntry and the errors of kit.http."""
    server = post.keeps(account.secrets)
    return mailbox.collect(server, account.polled_to, way=_way_of_mail("imap"))


def _posted(post: PostOffice, account: ChannelAccount, letter: Mail) -> Response:
    """Give a letter to the mail server; its word is told as an answer, with our message id."""
    reply = mail.hand_over(
        post.sends(account.secrets), sender=letter.sender, to=letter.to,
        contents=post.written(letter, clock.now()),
        way=_way_of_mail("smtp", mail.Patience(total=300.0) if letter.part else mail.Patience()),
    )  # fmt: skip
    told = {"said": reply.said, "step": reply.step, "message_id": letter.message_id}
    return Response(reply.code, {}, json.dumps(told).encode())


def _way_of_mail(protocol: str, patience: mail.Patience | None = None) -> mail.Way:
    """Straight to the server, or to the one on this machine that settings put in its place."""
    moved = settings.NYUMBANI_PLATFORM_URLS.get(protocol, "")
    return mail.Way(patience or mail.Patience(), moved=moved)

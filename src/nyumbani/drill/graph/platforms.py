"""Every simulated platform at once: Meta's, the SMS gateway, Telegram."""

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Self

from nyumbani.drill.graph.bots import BotPlatform
from nyumbani.drill.graph.gateway import Gateway
from nyumbani.drill.graph.meta import Graph
from nyumbani.drill.wire.doors import Channel, Door
from nyumbani.drill.wire.sms import ShortCode
from nyumbani.drill.wire.telegram import Bot
from nyumbani.kit import clock

_META = {Channel.WHATSAPP, Channel.MESSENGER}


class Platforms:
    """The platforms behind these doors of ours, listening on loopback while the block lasts."""

    def __init__(
        self, doors: Sequence[Door], *, now: Callable[[], dt.datetime] = clock.now,
        graph: Graph | None = None,
    ) -> None:  # fmt: skip
        self.doors = tuple(doors)
        self.graph = graph or Graph([one for one in doors if one.channel in _META], now=now)
        codes = [ShortCode(d.account, d.url, api_key=d.token) for d in self._of(Channel.SMS)]
        self.gateway = Gateway(codes, now=now)
        bots = [Bot(d.account, d.url, d.secret, d.token) for d in self._of(Channel.TELEGRAM)]
        self.bots = BotPlatform(bots[0] if bots else Bot("", "", "", ""), now=now)
        self._running = ExitStack()

    def __enter__(self) -> Self:
        for one in (self.graph, self.gateway, self.bots):
            self._running.enter_context(one)
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    @property
    def urls(self) -> dict[str, str]:
        """Where each platform listens, by the name the house's settings give it."""
        return {
            "graph": self.graph.url, "africastalking": self.gateway.url, "telegram": self.bots.url,
        }  # fmt: skip

    def door(self, channel: Channel) -> Door:
        """Our door on this channel."""
        return self._of(channel)[0]

    def settle(self, timeout: float = 30.0) -> None:
        """Wait until nothing is on its way to our doors; TimeoutError after `timeout` s each."""
        self.graph.postman.settle(timeout)
        self.gateway.courier.settle(timeout)
        self.bots.courier.settle(timeout)

    def bodies(self) -> int:
        """How many bodies our doors have taken, each once however often it came; SMS left out."""
        return len(self.graph.postman.taken()) + self.bots.courier.statuses.count(200)

    def _of(self, channel: Channel) -> list[Door]:
        return [one for one in self.doors if one.channel is channel]

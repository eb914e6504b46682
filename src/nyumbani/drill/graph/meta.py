"""The simulated platform in one piece: start it, let phones join, and send to it."""

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Self

import httpx

from nyumbani.drill.graph.exchange import Exchange, Habits
from nyumbani.drill.graph.faults import Faults
from nyumbani.drill.graph.routes import Routes
from nyumbani.drill.graph.server import Server
from nyumbani.drill.graph.shelf import Shelf
from nyumbani.drill.wire.dice import dice
from nyumbani.drill.wire.doors import Door
from nyumbani.drill.wire.post import Manners, Postman
from nyumbani.kit import clock


class Graph(Exchange):
    """A Graph API on loopback that serves these doors of ours while the block lasts.

    Times in messages, reply windows and media addresses follow `now`, which is asked from several
    threads: a clock held by `clock.at` is seen by one thread only, one that follows a file by all.
    Message ids differ at every start unless a `seed` is given: a house remembers ids for ever and
    would take the messages of a second run for duplicates.
    """

    def __init__(
        self,
        doors: Iterable[Door],
        *,
        now: Callable[[], dt.datetime] = clock.now,
        manners: Manners | None = None,
        habits: Habits | None = None,
        seed: int | None = None,
        port: int = 0,
        posters: int = 1,
    ) -> None:
        chance = dice(seed)
        super().__init__(
            doors,
            now=now,
            dice=chance,
            postman=Postman(now=now, dice=chance, manners=manners, posters=posters),
            shelf=Shelf(now=now, dice=chance),
            habits=habits or Habits(),
        )
        self.faults = Faults()
        self._routes = Routes(self, self.faults)
        self._port, self._chance = port, chance
        self._running = ExitStack()

    @property
    def url(self) -> str:
        """Where it listens; empty before it is started."""
        return self.shelf.url

    def start(self) -> Self:
        """Begin to listen and to carry webhooks."""
        server = self._running.enter_context(Server(self._routes.answer, self._port))
        self.shelf.url = server.url
        self._running.enter_context(self.postman)
        return self

    def stop(self) -> None:
        """Stop; what was still on its way is lost, as when a telephone mast falls."""
        self._routes.close()
        self._running.close()

    def subscribe(self, door: Door, verify_token: str) -> bool:
        """Shake hands with a door of ours, as when its address is entered on the platform."""
        challenge = str(self._chance.randrange(10**9, 10**10))
        asked = {
            "hub.mode": "subscribe",
            "hub.verify_token": verify_token,
            "hub.challenge": challenge,
        }
        answer = httpx.get(door.url, params=asked, trust_env=False)
        return answer.status_code == 200 and answer.text == challenge

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

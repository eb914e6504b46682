"""A bad road to our doors: requests come twice, in another order, cut in the middle, and forged."""

import http.client
import threading
from contextlib import suppress
from random import Random
from urllib.parse import urlsplit

import httpx

from nyumbani.drill.wire.courier import Courier, Errand

REACH = 8  # so many errands may overtake each other


class RoughRoad(Courier):
    """A courier on a bad road. Everything arrives in the end, for who is asked again comes again.

    A fifth of the errands come twice; a tenth break off in the middle before they come whole.
    """

    def __init__(self, chance: Random, *, tries: int = 1) -> None:
        super().__init__(tries=tries)
        self.twice = self.cut = 0
        self._chance = chance
        self._held: list[Errand] = []
        self._hold = threading.Lock()

    def carry(self, errand: Errand) -> None:
        """Take it to its door, before or after what was given with it."""
        with self._hold:
            again = self._chance.random() < 0.2
            self.twice += again
            self._held += [errand] * (1 + again)
            if len(self._held) >= REACH:
                self._let_go()

    def settle(self, timeout: float = 30.0) -> None:
        """Wait until nothing is on its way."""
        with self._hold:
            self._let_go()
        super().settle(timeout)

    def _let_go(self) -> None:
        self._chance.shuffle(self._held)
        for errand in self._held:
            super().carry(errand)
        self._held.clear()

    def _go(self, client: httpx.Client, errand: Errand) -> None:
        if self._chance.random() < 0.1:
            self.cut += 1
            break_off(errand)
        super()._go(client, errand)


def break_off(errand: Errand) -> None:
    """Bring half of a request and hang up: what came is a piece of somebody's words."""
    where = urlsplit(errand.url)
    line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=5.0)
    with suppress(OSError, http.client.HTTPException):
        line.putrequest("POST", where.path)
        for name, value in errand.headers.items():
            line.putheader(name, value)
        line.putheader("Content-Length", str(len(errand.body)))
        line.endheaders(errand.body[: len(errand.body) // 2])
    line.close()

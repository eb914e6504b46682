"""The platform's postal service: carries signed webhooks to our doors until they are taken.

All seconds here are real ones: a story of months must be told in minutes.
"""

import datetime as dt
import heapq
import ssl
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Self

import httpx

from nyumbani.drill.wire import envelopes
from nyumbani.drill.wire.doors import Door
from nyumbani.drill.wire.parts import Item

MOST_IN_A_BODY = 50
# The doors are plain HTTP on loopback: without authorities to load, a poster starts at once.
_PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(frozen=True, slots=True)
class Manners:
    """How the platform carries webhooks just now; by default at once, singly and in order."""

    delay: tuple[float, float] = (0.0, 0.0)  # seconds before an item is carried, least and most
    batch: tuple[int, int] = (1, 1)  # items in one body, least wished and most; at most 50
    duplicates: float = 0.0  # share of items that come a second time, perhaps in another body
    shuffle: bool = False  # let later items overtake earlier ones, and mix them in a body
    first_retry: float = 0.2  # seconds before a body that was not answered 200 comes again ...
    growth: float = 2.0  # ... times this at each further attempt ...
    longest_retry: float = 5.0  # ... but never later than this
    patience: float = 10.0  # seconds the platform waits for our answer


@dataclass(frozen=True, slots=True)
class Parcel:
    """A body on its way, signed when it was packed: redelivered, it is the same to the byte."""

    door: Door
    body: bytes
    items: int
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Posted:
    """One attempt to hand over a parcel; status 0: no answer at all."""

    parcel: Parcel
    status: int


class Postman:
    """Carries items to doors: batched, late, twice or shuffled, as its manners say."""

    def __init__(
        self,
        *,
        now: Callable[[], dt.datetime],
        dice: Random,
        manners: Manners | None = None,
        posters: int = 1,
    ) -> None:
        self.manners = manners or Manners()
        self.log: deque[Posted] = deque(maxlen=10_000)
        self._now, self._dice = now, dice
        self._order = count()
        self._items: list[tuple[float, int, Item]] = []  # heap by the moment they are due
        self._parcels: list[tuple[float, int, Parcel]] = []  # heap likewise
        self._held: list[Item] | None = None
        self._latest: dict[Door, float] = defaultdict(float)
        self._under_way = 0
        self._stopping = False
        self._bell = threading.Condition()
        self._posters = [
            threading.Thread(target=self._work, name=f"postman-{n}", daemon=True)
            for n in range(posters)
        ]

    def __enter__(self) -> Self:
        for poster in self._posters:
            poster.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._bell:
            self._stopping = True
            self._bell.notify_all()
        for poster in self._posters:
            poster.join()

    def carry(self, item: Item, *, wait: float = 0.0) -> None:
        """Take an item to its door, after `wait` seconds and whatever the manners add."""
        with self._bell:
            if self._held is not None:
                self._held.append(item)
                return
            self._schedule(item, wait)
            if self._dice.random() < self.manners.duplicates:
                least, most = self.manners.delay
                self._schedule(item, wait + least + most + 0.05)
            self._bell.notify_all()

    def again(self, last: int = 1) -> int:
        """Deliver the last bodies that were taken a second time; answers how many there were."""
        with self._bell:
            taken = [posted.parcel for posted in self.log if posted.status == 200][-last:]
            for parcel in taken:
                self._push(Parcel(parcel.door, parcel.body, parcel.items), 0.0)
        return len(taken)

    def taken(self) -> list[Parcel]:
        """Every body a door has taken, each once however often it was delivered."""
        with self._bell:
            found = [posted.parcel for posted in self.log if posted.status == 200]
        return list({(parcel.door.channel, parcel.body): parcel for parcel in found}.values())

    @contextmanager
    def held(self, *, shuffle: bool = False) -> Iterator[None]:
        """Keep everything back inside the block, then deliver it as one body a door."""
        with self._bell:
            if self._held is not None:
                raise RuntimeError("the post is held already")
            self._held = []
        try:
            yield
        finally:
            with self._bell:
                kept, self._held = self._held, None
                if shuffle:
                    self._dice.shuffle(kept)
                self._pack(kept)

    def settle(self, timeout: float = 60.0) -> None:
        """Wait until nothing is on its way; TimeoutError after `timeout` seconds."""
        end = time.monotonic() + timeout
        with self._bell:
            while self._items or self._parcels or self._under_way:
                if not self._bell.wait(end - time.monotonic()) and time.monotonic() >= end:
                    left = len(self._items) + len(self._parcels) + self._under_way
                    raise TimeoutError(f"{left} parcels are still on their way")

    # ---- inside; the bell is held ----

    def _schedule(self, item: Item, wait: float) -> None:
        due = time.monotonic() + wait + self._dice.uniform(*self.manners.delay)
        if not self.manners.shuffle:
            # Nothing overtakes: an item is never due before the one given earlier.
            due = self._latest[item.door] = max(due, self._latest[item.door])
        heapq.heappush(self._items, (due, next(self._order), item))

    def _push(self, parcel: Parcel, wait: float) -> None:
        heapq.heappush(self._parcels, (time.monotonic() + wait, next(self._order), parcel))
        self._bell.notify_all()

    def _pack(self, items: list[Item], *, dice: Random | None = None) -> None:
        doors: dict[Door, list[Item]] = defaultdict(list)
        for item in items:
            doors[item.door].append(item)
        for door, of_door in doors.items():
            for start in range(0, len(of_door), MOST_IN_A_BODY):
                some = of_door[start : start + MOST_IN_A_BODY]
                body = envelopes.body(some, self._now(), dice)
                self._push(Parcel(door, body, len(some)), 0.0)

    def _gather(self) -> None:
        """Pack what is due, as many items together as the manners allow."""
        least, most = self.manners.batch
        size = min(MOST_IN_A_BODY, self._dice.randint(least, most))
        taken: list[Item] = []
        while self._items and len(taken) < size and self._items[0][0] <= time.monotonic():
            taken.append(heapq.heappop(self._items)[2])
        if self.manners.shuffle:
            self._dice.shuffle(taken)
        self._pack(taken, dice=self._dice if self.manners.shuffle else None)

    def _next(self) -> Parcel | None:
        with self._bell:
            while not self._stopping:
                if not self._parcels or self._parcels[0][0] > time.monotonic():
                    self._gather()
                if self._parcels and self._parcels[0][0] <= time.monotonic():
                    self._under_way += 1
                    return heapq.heappop(self._parcels)[2]
                due = [heap[0][0] for heap in (self._items, self._parcels) if heap]
                self._bell.wait(min(due) - time.monotonic() if due else None)
        return None

    # ---- the posters' own threads ----

    def _work(self) -> None:
        with httpx.Client(trust_env=False, verify=_PLAIN) as client:
            while (parcel := self._next()) is not None:
                status = _hand_over(client, parcel, self.manners.patience)
                with self._bell:
                    self._under_way -= 1
                    self.log.append(Posted(parcel, status))
                    if status != 200 and not self._stopping:
                        self._try_later(parcel)
                    self._bell.notify_all()

    def _try_later(self, parcel: Parcel) -> None:
        manners = self.manners
        wait = min(
            manners.first_retry * manners.growth ** min(parcel.attempt, 30), manners.longest_retry
        )
        again = Parcel(parcel.door, parcel.body, parcel.items, parcel.attempt + 1)
        self._push(again, wait)


def _hand_over(client: httpx.Client, parcel: Parcel, patience: float) -> int:
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        "X-Hub-Signature-256": parcel.door.signature(parcel.body),
    }
    try:
        url = parcel.door.url
        answer = client.post(url, content=parcel.body, headers=headers, timeout=patience)
    except httpx.HTTPError:
        return 0
    return answer.status_code

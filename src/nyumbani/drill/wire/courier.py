"""Carries requests to our doors one after the other, again and again if the platform does so.

All seconds here are real ones.
"""

import queue
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

import httpx

_STOP = None


@dataclass(frozen=True, slots=True)
class Errand:
    """One request to a door."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0  # seconds before it leaves


class Courier:
    """One thread that goes to the doors in order; `tries` counts how often, at most, for each."""

    def __init__(self, *, tries: int = 1, rest: float = 0.1) -> None:
        self.statuses: list[int] = []  # of every attempt, in order; 0: no answer
        self._tries, self._rest = tries, rest
        self._errands: queue.Queue[Errand | None] = queue.Queue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="courier", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._errands.put(_STOP)
        self._thread.join()

    def carry(self, errand: Errand) -> None:
        """Take it to its door after all that was given before."""
        self._errands.put(errand)

    def settle(self, timeout: float = 30.0) -> None:
        """Wait until nothing is on its way; TimeoutError after `timeout` seconds."""
        end = time.monotonic() + timeout
        with self._errands.all_tasks_done:
            while self._errands.unfinished_tasks:
                if not self._errands.all_tasks_done.wait(end - time.monotonic()):
                    raise TimeoutError(f"{self._errands.unfinished_tasks} still on their way")

    def _work(self) -> None:
        with httpx.Client(trust_env=False, timeout=10.0) as client:
            while (errand := self._errands.get()) is not _STOP:
                self._go(client, errand)
                self._errands.task_done()

    def _go(self, client: httpx.Client, errand: Errand) -> None:
        self._stopping.wait(errand.wait)
        for _try in range(self._tries):
            try:
                answer = client.post(errand.url, content=errand.body, headers=dict(errand.headers))
                self.statuses.append(answer.status_code)
            except httpx.HTTPError:
                self.statuses.append(0)
            if self.statuses[-1] == 200 or self._stopping.wait(self._rest):
                return

"""The house of a flood: a server and two workers, one of which dies again and again."""

import os
import queue
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

NYUMBANI = [sys.executable, "-m", "nyumbani"]


def environment(folder: Path, database: str) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("NYUMBANI_")}
    env |= {"NYUMBANI_DATA": str(folder / "data"), "NYUMBANI_KEYS": str(folder / "keys")}
    env |= {"DJANGO_SETTINGS_MODULE": "nyumbani.config.settings", "NYUMBANI_LOG": "json"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # workers are started often: let them start fast
    return env | ({"NYUMBANI_DATABASE_URL": database} if database else {})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`nyumbani serve --no-worker` on loopback, stopped at the end."""

    def __init__(self, env: dict[str, str], port: int) -> None:
        self.port = port
        words = [*NYUMBANI, "serve", "--no-worker", "--port", str(port)]
        self.process = subprocess.Popen(
            words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def __enter__(self) -> Self:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        raise SystemExit("the server did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)


class Workers:
    """Two workers, one of which dies by SIGKILL every few seconds and is replaced.

    The seconds count from when the new one works, however long it takes to start, and after `most`
    kills they are left in peace: what is measured is the house, not how slow the machine is.
    """

    def __init__(self, env: dict[str, str], seed: int, kill_after: float, most: int) -> None:
        self.env, self.dice, self.killed = env, random.Random(seed), 0
        self.kill_after, self.most = kill_after, most
        self.begun: queue.Queue[None] = queue.Queue()
        self.going = [self._start(), self._start()]
        self.over = threading.Event()
        self.killer = threading.Thread(target=self._kill, daemon=True)

    def _start(self) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen(
            [*NYUMBANI, "worker"], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        threading.Thread(target=self._listen, args=(worker,), daemon=True).start()
        return worker

    def _listen(self, worker: subprocess.Popen[bytes]) -> None:
        for line in worker.stderr or ():
            if b"worker.started" in line:
                self.begun.put(None)

    def _kill(self) -> None:
        self._wait_for_a_start()
        while self.killed < self.most:
            self._wait_for_a_start()
            if self.over.wait(self.dice.uniform(self.kill_after, self.kill_after + 4)):
                return
            place = self.dice.randrange(2)
            self.going[place].send_signal(signal.SIGKILL)
            self.going[place].wait()
            self.killed += 1
            self.going[place] = self._start()

    def _wait_for_a_start(self) -> None:
        while not self.over.is_set():
            with suppress(queue.Empty):
                self.begun.get(timeout=0.2)
                return

    def __enter__(self) -> Self:
        self.killer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.killer.join()
        for worker in self.going:
            worker.terminate()
        for worker in self.going:
            worker.wait(60)  # a letter in hand is finished first

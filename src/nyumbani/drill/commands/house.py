"""The house of a demonstration, seen from the stage: a process of its own with pages and worker."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Self

from nyumbani.drill.commands.premises import Premises
from nyumbani.drill.wire.doors import Door
from nyumbani.kit.console import CannotDo, warn

PATIENCE = 60.0  # seconds a house has to be built, and to stop in good order
LAST_WORDS = 8  # lines of its log that are shown when it could not be built
_KEPT = {"NYUMBANI_TRACE", "NYUMBANI_LOG", "NYUMBANI_ACCESS_LOG"}
_CREDENTIALS = {"CREDENTIALS_DIRECTORY", "DJANGO_SETTINGS_MODULE"}


@dataclass(frozen=True, slots=True)
class Orders:
    """What the house is told when it is built, over a pipe: secrets stand in no environment."""

    listener: int  # file descriptor
    ready: int  # file descriptor to write the way in to
    doors: tuple[Mapping[str, str], ...]
    starts: str  # the story's first moment, ISO 8601

    @classmethod
    def read(cls, line: str) -> "Orders":
        """What the stage has written down."""
        told = json.loads(line)
        return cls(told["listener"], told["ready"], tuple(told["doors"]), told["starts"])


class House:
    """The house, from its building to its end; `urls` is where it finds the platforms."""

    def __init__(
        self, premises: Premises, listener: socket.socket, urls: Mapping[str, str]
    ) -> None:
        self._environment = environment(premises, urls)
        self._listener, self._log = listener, premises.log
        self._is_temporary = premises.is_temporary
        self._is_hasty = False  # while it is being built nobody listens to a finer signal
        self._process: subprocess.Popen[bytes] | None = None

    def build(self, doors: Sequence[Door], starts: str) -> str:
        """Start the process and wait until it answers; returns the word of the way in.

        Raises CannotDo if it ends instead, having shown the last of what it said.
        """
        out, into = os.pipe()
        with open(out, "rb", closefd=True) as answer:  # noqa: PTH123 - a descriptor
            self._start(Orders(self._listener.fileno(), into, _told(doors), starts))
            os.close(into)
            # Whoever is interrupted here, or waits too long, takes the process along.
            watch = threading.Timer(PATIENCE, self.end)
            watch.start()
            try:
                word = answer.read().decode()
            finally:
                watch.cancel()
        if not word:
            warn(*self._log.read_text(errors="replace").splitlines()[-LAST_WORDS:])
            raise CannotDo("the demonstration's house could not be built")
        self._is_hasty = self._is_temporary
        return word

    def has_ended(self) -> bool:
        """Whether it stopped by itself."""
        return self._process is None or self._process.poll() is not None

    def end(self) -> None:
        """Tell it to stop and wait; after a minute it is stopped without asking.

        What will be kept is left in good order; what is thrown away need not say good-bye to
        every browser that has still a line open.
        """
        if self._process is None:
            return
        self._process.send_signal(signal.SIGQUIT if self._is_hasty else signal.SIGTERM)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def _start(self, orders: Orders) -> None:
        with self._log.open("ab") as log:
            self._process = process = subprocess.Popen(
                [sys.executable, "-m", "nyumbani.drill.commands"],
                # It stays open: when this process dies, however it dies, the house notices.
                stdin=subprocess.PIPE,
                stderr=log,
                env=self._environment,
                pass_fds=(orders.listener, orders.ready),
                # Ctrl-C in a terminal goes to the stage alone, which then ends the house.
                start_new_session=True,
            )
        if process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(json.dumps(asdict(orders)).encode() + b"\n")
                process.stdin.flush()


def environment(premises: Premises, urls: Mapping[str, str]) -> dict[str, str]:
    """What the house knows of the world: nothing of a real house that may live on this machine."""
    world = {
        name: value
        for name, value in os.environ.items()
        if name not in _CREDENTIALS and (not name.startswith("NYUMBANI_") or name in _KEPT)
    }
    return world | {
        "DJANGO_SETTINGS_MODULE": "nyumbani.config.settings",
        "NYUMBANI_DATA": str(premises.data),
        "NYUMBANI_KEYS": str(premises.keys),
        "NYUMBANI_DEMO": "true",
        "NYUMBANI_PLATFORM_URLS": json.dumps(dict(urls)),
        "NYUMBANI_HOSTS": '["127.0.0.1", "localhost", "[::1]"]',
        "NYUMBANI_TIME_ZONE": "Africa/Nairobi",
    }


def _told(doors: Sequence[Door]) -> tuple[Mapping[str, str], ...]:
    return tuple(
        {
            "channel": door.channel.value,
            "account": door.account,
            "secret": door.secret,
            "token": door.token,
        }
        for door in doors
    )

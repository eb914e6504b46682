"""A house of its own in a temporary folder, worked on through the command as anybody types it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

COMMAND = [sys.executable, "-m", "nyumbani"]
LONG = 60  # seconds after which a test gives up waiting


@dataclass
class House:
    """Folders, environment, and the command."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("NYUMBANI_")}
        self.env = inherited | {
            "NYUMBANI_DATA": str(self.data),
            "NYUMBANI_KEYS": str(self.keys),
            "XDG_RUNTIME_DIR": str(self.folder / "memory"),
            **self.env,
        }

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    def run(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *words], env=self.env, input=given, capture_output=True, text=True,
            timeout=LONG, check=False,
        )  # fmt: skip


class Serving:
    """`nyumbani serve` on a free port, for as long as the block lasts."""

    def __init__(self, house: House, *words: str, given: str = ""):
        self.house, self.words, self.given = house, words, given
        self.port = free_port()
        self.out, self.err = house.folder / "serve.out", house.folder / "serve.err"

    def __enter__(self):
        with self.out.open("w") as out, self.err.open("w") as err:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(self.port), "--workers", "1", *self.words],
                env=self.house.env, stdin=subprocess.PIPE, stdout=out, stderr=err, text=True,
            )  # fmt: skip
        self.process.stdin.write(self.given)
        self.process.stdin.close()
        self.wait_for(lambda: "answers at" in self.out.read_text(), "the house to answer")
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(LONG)

    def wait_for(self, holds, what: str) -> None:
        until = time.monotonic() + LONG
        while not holds():
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"waited in vain for {what}: {self.err.read_text()}")
            time.sleep(0.1)

    def ask(self, path: str, method: str = "GET", body: bytes = b"") -> tuple[int, dict, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONG)
        try:
            connection.request(method, path, body or None)
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), answer.read()
        finally:
            connection.close()

    def workers(self) -> list[int]:
        """The processes that do jobs: children of this house's `serve` that say `worker`."""
        return [
            int(stat.parent.name)
            for stat in Path("/proc").glob("[0-9]*/stat")
            if _parent(stat) == self.process.pid and "worker" in _words(stat.parent)
        ]

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(LONG)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def is_alive(pid: int) -> bool:
    try:
        return _state(Path(f"/proc/{pid}/stat")) != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _state(stat: Path) -> str:
    return stat.read_text().rpartition(")")[2].split()[0]


def _words(folder: Path) -> list[str]:
    try:
        return (folder / "cmdline").read_text().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []

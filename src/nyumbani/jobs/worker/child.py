"""The worker beside the pages: `nyumbani serve` keeps one as a child process."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import structlog

log = structlog.get_logger("nyumbani.jobs")

_FOLLOWS = "NYUMBANI_WORKER_FOLLOWS_PARENT"
_PATIENCE = 30.0  # seconds a worker has for what it is doing when serve ends


class Child:
    """A worker process for as long as the block lasts; started again when it ends by itself.

    If the parent is killed, the pipe between them breaks and the worker ends as well.
    """

    def __init__(self, command: list[str] | None = None) -> None:
        self._command = command or [sys.executable, "-m", "nyumbani", "worker"]
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)
        self.pid: int | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ending.set()
        self._thread.join()

    def _keep(self) -> None:
        wait = 1.0
        while not self._ending.is_set():
            began = time.monotonic()
            code = self._once()
            if self._ending.is_set():
                return
            wait = 1.0 if time.monotonic() - began > 60 else min(wait * 2, 30.0)
            log.error("worker.ended_by_itself", code=code, wait=wait)
            self._ending.wait(wait)

    def _once(self) -> int:
        """Run one worker until it ends or this block does; returns its exit code."""
        process = subprocess.Popen(  # noqa: S603 # nosec B603 - our own program
            self._command,
            stdin=subprocess.PIPE,
            env=os.environ | {_FOLLOWS: "1"},
            # Ctrl-C in a terminal goes to serve alone, which then ends its worker in good order.
            start_new_session=True,
        )
        self.pid = process.pid
        with process:
            while process.poll() is None and not self._ending.wait(0.1):
                pass
            process.terminate()
            try:
                return process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                return process.wait()


def stop_with_parent(stop: Callable[[], None]) -> None:
    """In a worker that `Child` has started: call `stop` when the parent is gone."""
    if not os.environ.pop(_FOLLOWS, ""):
        return

    def watch() -> None:
        # Not sys.stdin: its lock would be held by this thread when the interpreter ends.
        while os.read(0, 1):
            pass
        stop()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()

"""The web server of `nyumbani serve`: gunicorn with threads, and beside it the worker."""

import signal
import socket
import struct
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from nyumbani.config.wsgi import application
from nyumbani.jobs.worker.child import Child

PATIENCE = 30  # seconds an answer may take when the house is asked to stop
SILENCE = 20  # seconds

_MEMORY = Path("/dev/shm")  # noqa: S108 # nosec B108 - gunicorn's heartbeat files, without content


class ServerLog(Logger):  # type: ignore[misc]
    """Gunicorn's own words, through our log: they may quote addresses and headers."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        """Hand everything on to the root logger, which keeps only the place."""
        super().setup(cfg)
        for logger in (self.error_log, self.access_log):
            logger.handlers.clear()
            logger.propagate = True


class _Pages(BaseApplication):  # type: ignore[misc]
    """Our pages as gunicorn runs them."""

    def __init__(self, wanted: dict[str, object]) -> None:
        self._wanted = wanted
        super().__init__()

    def load_config(self) -> None:
        """Only what we say: no file, no GUNICORN_CMD_ARGS."""
        for name, value in self._wanted.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """The application; asked for once, before the processes part."""
        return application


def listen(host: str, port: int, *, silence: int = SILENCE) -> socket.socket:
    """Take the address, so that nobody else can; raises OSError. Nobody is answered yet.

    Somebody who falls silent for `silence` seconds within a request is hung up on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Connections inherit these: a body that comes drop by drop must not hold a thread for ever.
        for way in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            listener.setsockopt(socket.SOL_SOCKET, way, struct.pack("ll", silence, 0))
        listener.bind((host, port))
    except BaseException:
        listener.close()
        raise
    return listener


def run(
    *,
    listener: socket.socket,
    workers: int,
    threads: int,
    with_worker: bool,
    ready: Callable[[], None],
) -> int:
    """Answer until SIGTERM or Ctrl-C, then stop in good order; returns the exit code.

    `ready` is called once the first connection would be taken. The worker of the queue is started
    again whenever it ends by itself, and stops after the pages: what they asked for is kept.
    """
    pages = _Pages(_settings(listener, workers, threads, ready))
    with Child() if with_worker else nullcontext():
        try:
            Arbiter(pages).run()
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        finally:
            # From here on a second signal must not interrupt the worker's good order.
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
    return 0


def _settings(
    listener: socket.socket, workers: int, threads: int, ready: Callable[[], None]
) -> dict[str, object]:
    return {
        "bind": f"fd://{listener.detach()}",
        "backlog": 512,
        "workers": workers,
        "worker_class": "gthread",
        "threads": threads,
        "worker_connections": 1000,
        "preload_app": True,  # processes share what never changes; opened after the settings are
        "timeout": 60,
        "graceful_timeout": PATIENCE,
        "keepalive": 15,
        "limit_request_line": 2048,
        "limit_request_fields": 60,
        "limit_request_field_size": 8190,
        "forwarded_allow_ips": "",  # Django alone believes the proxy, if settings say so
        "forwarder_headers": "",
        "umask": 0o077,
        "worker_tmp_dir": str(_MEMORY) if _MEMORY.is_dir() else None,
        "control_socket_disable": True,
        "accesslog": None,  # config.wsgi writes route patterns instead
        "loglevel": "warning",
        "logger_class": ServerLog,
        "proc_name": "nyumbani",
        "when_ready": lambda _arbiter: ready(),
        "sendfile": False,
    }

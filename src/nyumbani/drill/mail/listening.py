"""A threaded server on loopback that speaks in lines."""

import contextlib
import socket
import socketserver
import threading
from collections.abc import Callable
from typing import Any, Self

LONGEST_LINE = 64 * 1024
Talk = Callable[["Line"], None]


class Line:
    """One connection: lines come in, lines go out."""

    def __init__(self, connection: socket.socket) -> None:
        self.to = ""  # whom the letter being brought is for
        self._connection = connection
        self._read = connection.makefile("rb")

    def hear(self) -> bytes:
        """The next line without its end; raises ConnectionError when there is none."""
        line = self._read.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise ConnectionError("the line ended")
        return line.rstrip(b"\r\n")

    def take(self, size: int) -> bytes:
        """So many bytes, whatever they are."""
        return self._read.read(size)

    def say(self, *lines: bytes) -> None:
        """Send lines."""
        self._connection.sendall(b"".join(line + b"\r\n" for line in lines))

    def send(self, content: bytes) -> None:
        """Send bytes as they are."""
        self._connection.sendall(content)

    def hang_up(self) -> None:
        """End it without a word."""
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._read.close()


class Listener:
    """Listens on a free port of this machine while the block lasts.

    `secured` puts TLS on a connection before the first word.
    """

    def __init__(
        self, talk: Talk, *, secured: Callable[[socket.socket], socket.socket] | None = None
    ) -> None:
        self._server = _Server(talk, secured)
        self._thread = threading.Thread(target=self._serve, name="mail", daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.end_all()
        self._server.server_close()

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.02)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = False
    allow_reuse_address = True

    def __init__(
        self, talk: Talk, secured: Callable[[socket.socket], socket.socket] | None
    ) -> None:
        self.talk, self.secured = talk, secured
        self.open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Conversation)

    def end_all(self) -> None:
        """Hang up on everybody who is still there."""
        for connection in list(self.open):
            with contextlib.suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)


class _Conversation(socketserver.BaseRequestHandler):
    server: Any

    def handle(self) -> None:
        connection = self.request
        # A caller who hangs up in the middle is part of life.
        with contextlib.suppress(OSError, ValueError):
            if self.server.secured is not None:
                connection = self.server.secured(connection)
            self.server.open.add(connection)
            try:
                self.server.talk(Line(connection))
            finally:
                self.server.open.discard(connection)
                connection.close()

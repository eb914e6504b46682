"""A small threaded HTTP server on loopback that puts every request to one function."""

import contextlib
import socket
import socketserver
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from nyumbani.drill.graph.routes import Answer, Request

LONGEST_BODY = 32 * 1024 * 1024  # files are brought, too
_Request = socket.socket | tuple[bytes, socket.socket]  # as socketserver declares it
_Address = Any  # likewise


class _Listener(ThreadingHTTPServer):
    """Remembers open connections, so that stopping does not wait for idle ones."""

    daemon_threads = False
    allow_reuse_address = True

    def __init__(self, host: str, port: int, answer: Callable[[Request], Answer | None]) -> None:
        self.answer = answer
        self.connections: set[socket.socket] = set()
        self.closing = False
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        # The library's own asks the name service for our host name, which may take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def process_request(self, request: _Request, client_address: _Address) -> None:
        if isinstance(request, socket.socket):
            self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: _Request) -> None:
        if isinstance(request, socket.socket):
            self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: _Request, client_address: _Address) -> None:
        """A client that hangs up is none of our trouble; anything else is said aloud."""
        if not self.closing and not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave in one piece
    disable_nagle_algorithm = True
    server: _Listener

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LONGEST_BODY:
            self.send_error(413)
            return
        self._answer(self.rfile.read(length))

    def _answer(self, body: bytes) -> None:
        request = Request(self.command, self.path, dict(self.headers), body)
        answer = self.server.answer(request)
        if answer is None:
            # Hang up without a word, so that the sender cannot know what became of it.
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.mime_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's word
        """Say nothing: addresses hold ids of persons."""


class Server:
    """Listens on loopback while the block lasts; port 0 takes any free one."""

    def __init__(self, answer: Callable[[Request], Answer | None], port: int = 0) -> None:
        self._listener = _Listener("127.0.0.1", port, answer)
        self._thread = threading.Thread(target=self._serve, name="graph", daemon=True)

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self._listener.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.closing = True
        self._listener.shutdown()
        self._thread.join()
        for connection in list(self._listener.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._listener.server_close()

    def _serve(self) -> None:
        self._listener.serve_forever(poll_interval=0.02)

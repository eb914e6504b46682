"""Connections that go where the check looked: a name is resolved once and its address pinned.

httpcore, under httpx, asks a backend for its streams; this backend resolves, checks, connects to
the very address it checked, and lets nothing outlast the request's deadline. TLS still asks for
the certificate of the name, and the Host header still carries it.
"""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass

import httpcore

from nyumbani.kit.addresses import AllowList, Origin

Resolver = Callable[[str, int], list[str]]

_PIECE = 64 * 1024


class Blocked(Exception):
    """The guard does not let this connection be made; nothing was sent."""


@dataclass(slots=True)
class Attempt:
    """One request on its way: where to, until when, and whether a byte of it has left."""

    origin: Origin
    ends: float  # time.monotonic()
    written: bool = False

    def at_most(self, seconds: float | None) -> float:
        """`seconds`, or what is left of the deadline if that is less; never quite zero."""
        left = self.ends - time.monotonic()
        return max(0.001, left if seconds is None else min(seconds, left))

    @property
    def is_over(self) -> bool:
        """Whether the deadline has passed."""
        return time.monotonic() >= self.ends


current: ContextVar[Attempt] = ContextVar("current")
"""The request this thread is making: httpcore's streams are shared and know nothing of it."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the order the system prefers."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_kind, address in found))


class PinnedBackend(httpcore.NetworkBackend):
    """Resolves once, checks every address, connects to one that was checked."""

    def __init__(
        self, allowed: AllowList, resolver: Resolver, inner: httpcore.NetworkBackend
    ) -> None:
        self.allowed = allowed
        self.resolver = resolver
        self.inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A stream to `host`; raises `Blocked`, `httpcore.ConnectError` or `ConnectTimeout`."""
        attempt = current.get()
        addresses = self._resolved(host, port, attempt.at_most(timeout))
        why = self.allowed.why_not_reached(attempt.origin, addresses)
        if why:
            raise Blocked(why)
        failure: Exception = httpcore.ConnectTimeout("no time left to connect")
        for address in addresses:
            if attempt.is_over:
                break
            try:
                stream = self.inner.connect_tcp(
                    address, port, attempt.at_most(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _BoundedStream(stream)
        raise failure

    def _resolved(self, host: str, port: int, seconds: float) -> list[str]:
        """Ask the resolver, but not for ever: the system's own patience can last half a minute."""
        answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self.resolver(host, port))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, name="resolver", daemon=True).start()
        try:
            answer = answers.get(timeout=seconds)
        except queue.Empty:
            raise httpcore.ConnectTimeout("the host's name was not resolved in time") from None
        if isinstance(answer, Exception):
            raise httpcore.ConnectError("the host's name could not be resolved") from answer
        return answer


class _BoundedStream(httpcore.NetworkStream):
    """A stream on which no reading or writing goes on after the current request's deadline."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self.inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        attempt = current.get()
        if attempt.is_over:
            raise httpcore.ReadTimeout("the deadline has passed")
        return self.inner.read(max_bytes, attempt.at_most(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        attempt = current.get()
        # In pieces, so that a peer who takes byte by byte cannot stretch the deadline.
        for start in range(0, len(buffer), _PIECE):
            if attempt.is_over:
                raise httpcore.WriteTimeout("the deadline has passed")
            attempt.written = True
            self.inner.write(buffer[start : start + _PIECE], attempt.at_most(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = current.get().at_most(timeout)
        return _BoundedStream(self.inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> object:
        return self.inner.get_extra_info(info)

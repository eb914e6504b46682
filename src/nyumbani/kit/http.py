"""The only way out: HTTPS to hosts on a list, with deadlines, size caps, and honest errors.

What went wrong matters as much as that it did. A message whose sending timed out may have
arrived, so the errors tell apart what never left (`Refused`, `NotSent`) from what may have been
acted on (`OutcomeUnknown`). No error quotes an address: those carry tokens and numbers.
"""

import hashlib
import json as json_
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import httpcore
import httpx

from nyumbani.kit import network
from nyumbani.kit.addresses import AllowList, Origin
from nyumbani.kit.phrases import gettext_noop
from nyumbani.kit.wholefile import whole_file


class Trouble(Exception):
    """Something did not go well outside."""


class Refused(Trouble):
    """Our own guard stopped it before a byte left. Trying again will not help."""


class NotSent(Trouble):
    """No connection was made, so no byte of the request left. Trying again is safe."""


class OutcomeUnknown(Trouble):
    """The request left, wholly or in part, and the whole answer did not come.

    It may have been acted on: find out before sending anything again. `status` is the answer's
    status, where it came that far.
    """

    def __init__(self, why: str, status: int | None = None) -> None:
        super().__init__(why)
        self.status = status


class AnswerRefused(OutcomeUnknown):
    """An answer came that we do not take: too large, packed, not the file."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long (seconds) and how much (bytes of the answer's body) we put up with."""

    connect: float = 5.0
    read: float = 10.0  # between two pieces of the answer
    total: float = 30.0  # from the first look at the name to the last byte
    largest: int = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes beside a form, read piece by piece as it leaves."""

    field: str
    name: str
    mime_type: str
    content: BinaryIO


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: status, headers by lower-case name, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_ok(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300

    def json(self) -> Any:  # noqa: ANN401 - foreign data is typed by who asked
        """The body read as JSON; raises `ValueError`."""
        try:
            return json_.loads(self.body)
        except RecursionError:
            raise ValueError("the answer is nested too deeply") from None


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that came whole: SHA-256 in hexadecimal, bytes, and the type the sender claims."""

    sha256: str
    size: int
    mime: str


class Outside:
    """The hosts one part of the house speaks to, and how. Keep one and share it between threads.

    `allow` has exact names or `*.suffix`. `loopback` is one origin on this machine that may be
    spoken to without TLS, such as `http://127.0.0.1:8765`: the drill's simulated platform.
    `resolver`, `inner` and `trust` are for those who bring a network of their own.
    """

    def __init__(
        self,
        allow: Sequence[str],
        *,
        loopback: str | None = None,
        limits: Limits | None = None,
        resolver: network.Resolver = network.resolve,
        inner: httpcore.NetworkBackend | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.allowed = AllowList(allow, loopback)
        self.limits = limits or Limits()
        self._backend = network.PinnedBackend(
            self.allowed, resolver, inner or httpcore.SyncBackend()
        )
        self._trust = trust

    @cached_property
    def _pool(self) -> httpcore.ConnectionPool:
        # Our own pool, not httpx's client: no proxies from the environment, no cookies kept.
        return httpcore.ConnectionPool(
            ssl_context=self._trust or httpx.create_ssl_context(trust_env=False),
            max_connections=20,
            # A kept connection may be closed by the other side just as a message is written to it:
            # nobody then knows whether it left. A new one costs a handshake and no doubt.
            max_keepalive_connections=0,
            network_backend=self._backend,
        )

    def close(self) -> None:
        """Give up the connections still open."""
        self._pool.close()

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Response:
        """Ask for something. Where an answer points elsewhere, nobody goes there."""
        return self._whole(_request("GET", url, headers))

    def post(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        form: Mapping[str, str] | None = None,
        file: Enclosed | None = None,
        limits: Limits | None = None,
    ) -> Response:
        """Send something: JSON, or a form, which may have a file beside it."""
        files = file and {file.field: (file.name, file.content, file.mime_type)}
        request = _request("POST", url, headers, json=json, data=form, files=files)
        return self._whole(request, limits)

    def download(
        self,
        url: str,
        to: Path,
        *,
        headers: Mapping[str, str] | None = None,
        limits: Limits | None = None,
    ) -> Downloaded:
        """Fetch a file, hashed while it flows; it is there whole (mode 0600) or not at all.

        Any status but 200 is `AnswerRefused`, with that status.
        """
        digest, size = hashlib.sha256(), 0
        request = _request("GET", url, headers)
        with (
            whole_file(to) as part,
            self._exchange(request, limits or self.limits) as (answer, body),
        ):
            if answer.status != 200:
                raise AnswerRefused("the file did not come", answer.status)
            for piece in body:
                digest.update(piece)
                size += len(piece)
                part.write(piece)
        claimed = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Downloaded(digest.hexdigest(), size, claimed or "application/octet-stream")

    def _whole(self, request: httpx.Request, limits: Limits | None = None) -> Response:
        with self._exchange(request, limits or self.limits) as (answer, body):
            return Response(answer.status, answer.headers, b"".join(body))

    @contextmanager
    def _exchange(
        self, request: httpx.Request, limits: Limits
    ) -> Iterator[tuple[Response, Iterator[bytes]]]:
        """The answer's head and its body still flowing."""
        why = self.allowed.why_not(request.url)
        if why:
            raise Refused(why)
        attempt = network.Attempt(Origin.of(request.url), time.monotonic() + limits.total)
        token = network.current.set(attempt)
        status = None
        try:
            with self._pool.stream(**_as_httpcore(request, limits)) as response:
                status = response.status
                answer = Response(status, dict(httpx.Headers(response.headers)), b"")
                yield answer, _capped(response, answer, limits.largest)
        except network.Blocked as error:
            raise Refused(str(error)) from None
        except _OUTSIDE as error:
            raise _told(error, attempt, status) from error
        finally:
            network.current.reset(token)


_OUTSIDE = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)


def _told(error: Exception, attempt: network.Attempt, status: int | None) -> Trouble:
    """What an error of the transport means to somebody who has to decide what to do next."""
    why = str(error) or type(error).__name__
    if attempt.written:
        return OutcomeUnknown(why, status)
    if isinstance(error, httpcore.LocalProtocolError):
        return Refused(gettext_noop("the request cannot be written as HTTP"))
    return NotSent(why)


def _request(
    method: str,
    url: str,
    headers: Mapping[str, str] | None,
    **payload: Any,  # noqa: ANN401 - handed on to httpx as it is
) -> httpx.Request:
    # Identity: a body we can count as it flows, and no bomb to unpack.
    ours = {"accept-encoding": "identity", "user-agent": "nyumbani", "accept": "*/*"}
    try:
        return httpx.Request(method, url, headers={**ours, **(headers or {})}, **payload)
    except (httpx.InvalidURL, UnicodeError):
        raise Refused(gettext_noop("the address or a header is not well formed")) from None


def _as_httpcore(request: httpx.Request, limits: Limits) -> dict[str, Any]:
    url, port = request.url, Origin.of(request.url).port
    # Nothing at all where there is nothing to send: an empty body would be announced in pieces.
    has_body = "content-length" in request.headers
    waits = {"connect": limits.connect, "read": limits.read, "write": limits.read}
    return {
        "method": request.method,
        "url": httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=port, target=url.raw_path
        ),
        "headers": request.headers.raw,
        "content": request.stream if has_body else None,
        "extensions": {"timeout": {**waits, "pool": limits.connect}},
    }


def _capped(response: httpcore.Response, answer: Response, largest: int) -> Iterator[bytes]:
    """The body piece by piece, given up as soon as it is, or says it will be, too large."""
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        raise AnswerRefused("the answer is packed, which was not asked for", answer.status)
    announced = answer.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > largest:
        raise AnswerRefused("the answer announces that it is too large", answer.status)
    size = 0
    for piece in response.iter_stream():
        size += len(piece)
        if size > largest:
            raise AnswerRefused("the answer is too large", answer.status)
        yield piece

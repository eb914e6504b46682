"""The way out to mail servers: those an administrator named, under TLS, with deadlines.

The errors are those of `nyumbani.kit.http`, and tell the same things apart: what never left
(`Refused`, `NotSent`) from what may have been acted on (`OutcomeUnknown`). None quotes an address.
"""

import contextlib
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from nyumbani.kit import network
from nyumbani.kit.addresses import is_this_machine, why_not_global
from nyumbani.kit.http import NotSent, OutcomeUnknown, Refused, Trouble
from nyumbani.kit.phrases import gettext_noop
from nyumbani.kit.servers import Server

_LINE_OF_DOTS = re.compile(rb"(?m)^\.")
_BROKEN = (OSError, smtplib.SMTPException, ValueError, EOFError)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long (seconds) we wait for one answer, and for everything together."""

    answer: float = 20.0
    total: float = 120.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said to a letter, and at which step: connect, login, letter, contents."""

    code: int
    said: str
    step: str


@dataclass(frozen=True, slots=True)
class Way:
    """How a server is reached; all but `patience` is for tests and the demonstration.

    `moved` is a server on this very machine that stands in for it, such as "smtp://127.0.0.1:2525";
    it alone is spoken to without TLS.
    """

    patience: Patience = Patience()
    moved: str = ""
    trust: ssl.SSLContext | None = None
    resolver: network.Resolver = network.resolve
    dial: Callable[[tuple[str, int], float], socket.socket] = socket.create_connection

    def connected(self, server: Server) -> socket.socket:
        """A connection, not yet under TLS; raises NotSent, or Refused for addresses in the house.

        A name is resolved once, and it is the address that was looked at which is spoken to.
        """
        host, port = self._place(server)
        try:
            addresses = self.resolver(host, port)
        except (OSError, UnicodeError):
            raise NotSent("the host's name could not be resolved") from None
        if not self.moved and any(map(why_not_global, addresses)):
            raise Refused(gettext_noop("the mail server's address is not a public one"))
        for address in addresses:
            with contextlib.suppress(OSError):
                return self.dial((address, port), self.patience.answer)
        raise NotSent("no connection")

    def secured(self, plain: socket.socket, server: Server) -> socket.socket:
        """The same connection under TLS, with a certificate for the server's own name."""
        if self.moved:
            return plain
        context = self.trust or ssl.create_default_context()
        return context.wrap_socket(plain, server_hostname=server.host)

    def _place(self, server: Server) -> tuple[str, int]:
        if not self.moved:
            return server.host, server.port
        parts = urlsplit(self.moved)
        if not is_this_machine(parts.hostname or ""):
            raise Refused(gettext_noop("only a server on this machine may stand in for another"))
        return parts.hostname or "", parts.port or 0


def hand_over(
    server: Server, *, sender: str, to: str, contents: bytes, way: Way | None = None
) -> Reply:
    """Give one letter to the server; what it answers is its word, whether yes or no.

    Raises `NotSent` before its contents leave, `OutcomeUnknown` once they have.
    """
    way = way or Way()
    plain = way.connected(server)
    try:
        with watched(way.patience) as watch:
            return _given(server, sender, to, contents, _Opening(way, server, plain, watch))
    except Trouble:
        raise
    except _BROKEN as error:
        raise NotSent(type(error).__name__) from error
    finally:
        plain.close()


Sock = Callable[[], socket.socket | None]


@contextmanager
def watched(patience: Patience) -> Iterator[Callable[[Sock], None]]:
    """Cut a connection when its time is over: a peer who sends byte by byte stretches nothing."""
    running: list[threading.Timer] = []

    def watch(connection: Sock) -> None:
        for timer in running:
            timer.cancel()
        timer = threading.Timer(patience.total, _cut, [connection])
        timer.daemon = True
        running[:] = [timer]
        timer.start()

    try:
        yield watch
    finally:
        for timer in running:
            timer.cancel()


def _cut(connection: Sock) -> None:
    found = connection()
    if found is not None:
        with contextlib.suppress(OSError):
            # Not SSLSocket's own: that would pull TLS away from under whoever is reading.
            socket.socket.shutdown(found, socket.SHUT_RDWR)


# ---- sending ----


@dataclass(frozen=True, slots=True)
class _Opening:
    way: Way
    server: Server
    plain: socket.socket
    watch: Callable[[Sock], None]


class _Smtp(smtplib.SMTP):
    """Speaks over a connection that was made and looked at before."""

    def __init__(self, opening: _Opening, hello: str) -> None:
        self._opening = opening
        opening.watch(lambda: self.sock)
        server = opening.server
        # Our own name would tell every server on the way what this house is called.
        super().__init__(server.host, server.port, hello, timeout=opening.way.patience.answer)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 - as smtplib calls it
        opening = self._opening
        if opening.server.starttls:
            return opening.plain
        return opening.way.secured(opening.plain, opening.server)


def _given(server: Server, sender: str, to: str, contents: bytes, opening: _Opening) -> Reply:
    try:
        smtp = _Smtp(opening, sender.rpartition("@")[2] or "localhost")
    except smtplib.SMTPConnectError as error:
        return _reply(error.smtp_code, error.smtp_error, "connect")
    try:
        refusal = _signed_in(smtp, server, opening.way) or _announced(smtp, sender, to)
        return refusal or _contents(smtp, contents)
    finally:
        with contextlib.suppress(*_BROKEN):
            smtp.close()


def _signed_in(smtp: _Smtp, server: Server, way: Way) -> Reply | None:
    """What the server says against us; None when it let us in."""
    smtp.ehlo_or_helo_if_needed()
    if server.starttls and not way.moved:
        code, said = smtp.starttls(context=way.trust or ssl.create_default_context())
        if code != 220:
            return _reply(code, said, "connect")
        smtp.ehlo()
    try:
        smtp.login(server.name, server.password)
    except smtplib.SMTPAuthenticationError as error:
        return _reply(error.smtp_code, error.smtp_error, "login")
    except smtplib.SMTPNotSupportedError:
        return _reply(504, b"the server asks for no password that we could give", "login")
    return None


def _announced(smtp: _Smtp, sender: str, to: str) -> Reply | None:
    """What the server says against this letter; None when it waits for the contents."""
    for said, wanted in (
        (smtp.mail(sender), {250}), (smtp.rcpt(to), {250, 251}), (smtp.docmd("DATA"), {354}),
    ):  # fmt: skip
        if said[0] not in wanted:
            return _reply(*said, "letter")
    return None


def _contents(smtp: _Smtp, contents: bytes) -> Reply:
    lines = b"\r\n".join(contents.splitlines())
    try:
        smtp.send(_LINE_OF_DOTS.sub(b"..", lines) + b"\r\n.\r\n")
        code, said = smtp.getreply()
    except _BROKEN as error:
        raise OutcomeUnknown(type(error).__name__) from error
    with contextlib.suppress(*_BROKEN):
        smtp.quit()
    return _reply(code, said, "contents")


def _reply(code: int, said: bytes | str, step: str) -> Reply:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return Reply(code, words[:500], step)

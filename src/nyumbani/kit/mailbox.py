"""Looking into a box on a mail server (IMAP): letters are read as they lie, nothing is changed."""

import contextlib
import imaplib
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass

from nyumbani.kit.http import NotSent, Trouble
from nyumbani.kit.mail import Way, watched
from nyumbani.kit.servers import Server

LARGEST = 40 * 1024 * 1024  # bytes of one letter; what is longer is fetched so far and breaks off
MOST = LARGEST + 8 * 1024 * 1024  # bytes that are read for one question, whatever is sent
_MARK = re.compile(r"([0-9]{1,10}):([0-9]{1,10})", re.ASCII)
_UID = re.compile(rb"[0-9]{1,10}")
_BUSY = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]")
_BROKEN = (OSError, imaplib.IMAP4.error, ValueError, EOFError)


class NoEntry(Trouble):
    """The server does not take our name and password: trying again will not help."""


@dataclass(frozen=True, slots=True)
class Collected:
    """A letter exactly as it lies on the server, and the mark from which to go on asking."""

    mark: str  # "uidvalidity:uid"
    raw: bytes


def collect(server: Server, since: str, *, way: Way | None = None) -> Iterator[Collected]:
    """Letters that came after the mark `since`, oldest first; nothing on the server is changed.

    Where the server has numbered its letters anew, all of them come again. Raises `NoEntry`,
    `Refused` and `NotSent`.
    """
    way = way or Way()
    plain = way.connected(server)
    try:
        with watched(way.patience) as watch:
            box = _Box(way, server, plain)
            watch(lambda: box.sock)
            for letter in _letters(box, server, since):
                yield letter
                watch(lambda: box.sock)  # each letter has its own time
    except Trouble:
        raise
    except _BROKEN as error:
        raise NotSent(type(error).__name__) from error
    finally:
        plain.close()


class _Box(imaplib.IMAP4):
    """Speaks over a connection that was made and looked at before; takes no letter without end."""

    def __init__(self, way: Way, server: Server, plain: socket.socket) -> None:
        self._way, self._server, self._plain = way, server, plain
        self.taken = 0  # bytes, since the last question
        super().__init__(server.host, server.port, way.patience.answer)

    def _create_socket(self, timeout: float | None) -> socket.socket:  # noqa: ARG002 - as imaplib calls it
        return self._way.secured(self._plain, self._server)

    def read(self, size: int) -> bytes:
        """Read a letter; one that is longer than was asked for ends the connection."""
        if size > LARGEST:
            raise self.abort("the server sends more than was asked for")
        self._count(size)
        return super().read(size)

    def readline(self) -> bytes:
        """Read a line; lines that nobody asked for are kept by the library, so not without end."""
        line = super().readline()
        self._count(len(line))
        return line

    def _count(self, size: int) -> None:
        self.taken += size
        if self.taken > MOST:
            raise self.abort("the server sends more than was asked for")


def _letters(box: _Box, server: Server, since: str) -> Iterator[Collected]:
    try:
        _let_in(box, server)
        kind, _data = box.select("INBOX", readonly=True)  # nothing is marked as seen
        if kind != "OK":
            raise NotSent("the box cannot be opened")
        validity = _number(box.response("UIDVALIDITY")[1])
        known = _MARK.fullmatch(since)
        last = int(known[2]) if known and known[1] == validity else 0
        for uid in _after(box, last):
            raw = _fetched(box, uid)
            if raw is not None:
                yield Collected(f"{validity}:{uid}", raw)
    finally:
        with contextlib.suppress(*_BROKEN):
            box.logout()


def _let_in(box: _Box, server: Server) -> None:
    try:
        box.login(server.name, server.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        if _BUSY.search(str(error)):
            raise NotSent("busy") from None
        raise NoEntry("name or password") from None


def _after(box: _Box, last: int) -> list[int]:
    """The numbers above `last`; a server answers "n:*" with its newest even if that is lower."""
    kind, data = box.uid("SEARCH", f"UID {last + 1}:*")
    if kind != "OK":
        raise NotSent("the box cannot be searched")
    words = b" ".join(part for part in data if isinstance(part, bytes)).split()
    numbers = (int(word) for word in words if _UID.fullmatch(word))
    return sorted({number for number in numbers if number > last})


def _fetched(box: _Box, uid: int) -> bytes | None:
    """One letter; None when it is no longer there."""
    box.taken = 0
    kind, data = box.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST}>)")
    if kind != "OK":
        raise NotSent("a letter cannot be fetched")
    return next((part[1] for part in data if isinstance(part, tuple)), None)


def _number(data: list[bytes | None] | object) -> str:
    first = data[0] if isinstance(data, list) and data else None
    return first.decode("ascii") if isinstance(first, bytes) and _UID.fullmatch(first) else "0"

"""A mail server that answers what nobody asked: nothing of it stays in memory or in a mark."""

import contextlib
import socket
import threading

import pytest

from nyumbani.kit import mail, mailbox
from nyumbani.kit.http import NotSent
from nyumbani.kit.servers import Server

pytestmark = pytest.mark.pure
LETTER = b"Subject: Habari\r\n\r\nOne\r\n"
FETCHED = b"* 1 FETCH (BODY[]<0> {%d}\r\n%s)\r\n" % (len(LETTER), LETTER)


@contextlib.contextmanager
def speaking(**answers):
    """A server that gives these lines before it says OK; its way."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        with contextlib.suppress(OSError):
            peer, _ = listener.accept()
            with peer, peer.makefile("rb") as asked:
                peer.sendall(b"* OK here\r\n")
                for line in asked:
                    tag, *words = line.split()
                    told = answers.get(words[-1 if b"UID" not in words else 1].decode(), b"")
                    said = answers.get(words[0].decode(), told)
                    peer.sendall(said + tag + b" OK done\r\n")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield mail.Way(moved=f"imap://127.0.0.1:{listener.getsockname()[1]}")
    finally:
        listener.close()
        thread.join(5)


def fetch(way):
    found = mailbox.collect(Server("mail.example.org", 993, "box", "invented"), "", way=way)
    return [(one.mark, one.raw) for one in found]


def test_what_an_honest_server_says_is_understood():
    said = {"EXAMINE": b"* OK [UIDVALIDITY 7] x\r\n", "SEARCH": b"* SEARCH 3\r\n", "FETCH": FETCHED}
    with speaking(CAPABILITY=b"* CAPABILITY IMAP4rev1\r\n", **said) as way:
        assert fetch(way) == [("7:3", LETTER)]


def test_numbers_without_end_are_no_mark():
    long = b"9" * 4000
    said = {
        "EXAMINE": b"* OK [UIDVALIDITY " + long + b"] x\r\n",
        "SEARCH": b"* SEARCH 3 " + long + b" x4\r\n", "FETCH": FETCHED,
    }  # fmt: skip
    with speaking(CAPABILITY=b"* CAPABILITY IMAP4rev1\r\n", **said) as way:
        assert fetch(way) == [("0:3", LETTER)]


def test_lines_nobody_asked_for_end_the_connection_before_memory_does(monkeypatch):
    monkeypatch.setattr(mailbox, "MOST", 100_000)
    said = {"SEARCH": b"* SEARCH 3\r\n" + b"* 1 EXISTS\r\n" * 20_000, "FETCH": FETCHED}
    with speaking(CAPABILITY=b"* CAPABILITY IMAP4rev1\r\n", **said) as way, pytest.raises(NotSent):
        fetch(way)

"""Letters made to keep whoever reads them busy: each is an event, and soon."""

import time

import pytest

from nyumbani.inbox.channels.email.headers import bare
from nyumbani.inbox.channels.email.parse import parse
from nyumbani.inbox.channels.events import Kind

pytestmark = pytest.mark.pure
PATIENCE = 5.0  # seconds of the processor; these took from half a minute to an hour
OPENS = "From: a@example.org\r\nMessage-ID: <x@example.org>\r\n"
VOUCHES = "Authentication-Results: mx.example.org; "


def letter(headers: str = "", *, kind: str = "text/plain", body: str = "Habari") -> bytes:
    return f"{OPENS}{headers}Content-Type: {kind}\r\n\r\n{body}".encode()


def nested(kind: str, depth: int, lines: int) -> bytes:
    heads = (f"Content-Type: {kind}; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return (OPENS + "".join(heads) + "x\r\n" * lines).encode()


HOSTILE = {
    "brackets in brackets": letter((VOUCHES + "(" * 9000 + ")" * 9000 + "\r\n") * 40),
    "a type with parts without end": letter(kind="text/plain" + ";" * 1_000_000),
    "a type with quotes without end": letter(kind="text/plain" + ';a="' * 250_000),
    "parts in parts": nested("multipart/mixed", 400, 200_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_read_soon_and_still_says_who_wrote(name: str) -> None:
    before = time.process_time()
    [event] = parse(HOSTILE[name])
    assert time.process_time() - before < PATIENCE
    assert [one.value for one in event.identifiers] == ["a@example.org"]
    assert event.kind in {Kind.MESSAGE, Kind.NOT_UNDERSTOOD}


def test_an_honest_letter_of_many_layers_is_read() -> None:
    deep = nested("multipart/mixed", 12, 1).decode() + "".join(f"--b{n}--\r\n" for n in range(12))
    assert parse(deep.encode())[0].kind is Kind.MESSAGE


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("dkim=pass (a (b) c) x", "dkim=pass   x"),
        ("a) b (c", "a) b (c"),
        ('a "dmarc=pass" (b', "a   (b"),
        ("((a) b", "(  b"),
    ],
)
def test_what_stands_in_brackets_is_left_out_however_they_are_laid(raw: str, left: str) -> None:
    assert bare(raw) == left

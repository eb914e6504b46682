"""The way out: what is too much or too slow, and whether the request may have been acted on."""

import gzip
import socket
import time

import pytest

from nyumbani.kit.http import (
    AnswerRefused,
    Limits,
    NotSent,
    OutcomeUnknown,
    Outside,
    Refused,
    Trouble,
)
from tests.kit.town import (
    ELSEWHERE,
    HASTY,
    NAME,
    PUBLIC,
    TOKEN,
    Town,
    answer,
    answering,
    house,
    request_of,
)

pytestmark = pytest.mark.pure


def test_a_body_that_announces_it_is_too_large_is_not_begun(outside):
    huge = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"
    with (
        house(answering(huge)) as there,
        pytest.raises(AnswerRefused, match="announces") as refusal,
    ):
        outside(there).get(there.origin)
    assert refusal.value.status == 200


def test_a_body_without_end_is_given_up_at_the_cap(outside):
    sent = []

    def endless(visitor):
        request_of(visitor)
        visitor.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            visitor.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")
            sent.append(1024)

    with house(endless) as there:
        start = time.monotonic()
        with pytest.raises(AnswerRefused, match="too large"):
            outside(there, Limits(total=5, largest=50_000)).get(there.origin)
        assert time.monotonic() - start < 2
    assert sum(sent) < 20_000_000  # what fits into socket buffers, not more


def test_a_body_of_just_the_cap_is_taken(outside):
    with house(answering(answer(b"x" * 1000))) as there:
        assert len(outside(there).get(there.origin).body) == 1000
    with house(answering(answer(b"x" * 1001))) as there, pytest.raises(AnswerRefused):
        outside(there).get(there.origin)


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "GZIP", "gzip, gzip"])
def test_a_packed_answer_is_not_unpacked(outside, packing):
    bomb = gzip.compress(b"\x00" * 1_000_000)
    packed = answer(bomb[:900], "200 OK", f"Content-Encoding: {packing}")
    with house(answering(packed)) as there, pytest.raises(AnswerRefused, match="packed"):
        outside(there).get(there.origin)


def test_heads_without_end_are_given_up(outside):
    def endless(visitor):
        request_of(visitor)
        visitor.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            visitor.sendall(b"X-More: " + b"x" * 1000 + b"\r\n")

    with house(endless) as there, pytest.raises(OutcomeUnknown):
        outside(there, Limits(total=3)).get(there.origin)


def drip(*pieces, every):
    """A script that reads the request and gives its answer in drops."""

    def script(visitor):
        request_of(visitor)
        for piece in pieces:
            for byte in piece:
                visitor.sendall(bytes([byte]))
                time.sleep(every)

    return script


def for_ever(piece):
    """A script that reads the request and then says the same again and again without a pause."""

    def script(visitor):
        request_of(visitor)
        while True:
            visitor.sendall(piece)

    return script


@pytest.mark.parametrize(
    "script",
    [
        for_ever(b"HTTP/1.1 100 Continue\r\n\r\n" * 20),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + b"x" * 500, every=0.05),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 100, every=0.005),
        drip(b"", every=0),
    ],
    ids=["not yet for ever", "drop by drop", "not yet, not yet", "hangs up"],
)
def test_a_slow_answer_ends_with_the_deadline_however_busy_it_looks(outside, script):
    with house(script) as there:
        start = time.monotonic()
        with pytest.raises(OutcomeUnknown):
            outside(there, HASTY).post(there.origin, json={})
        assert time.monotonic() - start < 4


def test_silence_ends_with_the_reading_time(outside):
    with house(lambda visitor: (request_of(visitor), time.sleep(6))) as there:
        start = time.monotonic()
        with pytest.raises(OutcomeUnknown):
            outside(there, HASTY).get(there.origin)
        assert time.monotonic() - start < 2.5


def test_a_peer_who_does_not_listen_ends_with_the_deadline(outside):
    with house(lambda _visitor: time.sleep(6)) as there:
        start = time.monotonic()
        with pytest.raises(OutcomeUnknown):
            outside(there, HASTY).post(there.origin, json="x" * 30_000_000)
        assert time.monotonic() - start < 4


def test_a_resolver_that_does_not_answer_ends_with_the_connecting_time():
    way = Outside([NAME], limits=HASTY, resolver=lambda *_: time.sleep(6) or [PUBLIC], inner=Town())
    start = time.monotonic()
    with pytest.raises(NotSent, match="in time"):
        way.get(f"https://{NAME}/")
    assert time.monotonic() - start < 2.5


def test_a_name_that_does_not_resolve_was_not_sent():
    def unknown(_host, _port):
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    with pytest.raises(NotSent):
        Outside([NAME], resolver=unknown).post(f"https://{NAME}/", json={})


def test_a_closed_door_was_not_sent(outside):
    with house(answering(answer())) as there:
        pass
    with pytest.raises(NotSent):
        outside(there).post(there.origin, json={})


def test_the_second_address_is_tried_when_the_first_does_not_open(tls):
    town = Town()
    with house(answering(answer(b"ok")), tls[0]) as there:
        town.streets[ELSEWHERE] = there.port
        way = Outside([NAME], resolver=lambda *_: [PUBLIC, ELSEWHERE], inner=town, trust=tls[1])
        assert way.get(f"https://{NAME}/").body == b"ok"
        way.close()
    assert town.visited == [PUBLIC, ELSEWHERE]


def test_a_door_that_closes_during_the_handshake_was_not_sent(tls):
    town = Town()
    with house(lambda visitor: visitor.recv(1)) as there:  # no TLS behind this door
        town.streets[PUBLIC] = there.port
        way = Outside([NAME], resolver=lambda *_: [PUBLIC], inner=town, trust=tls[1])
        with pytest.raises(NotSent):
            way.post(f"https://{NAME}/", json={})


@pytest.mark.parametrize(
    "script",
    [
        lambda visitor: visitor.recv(1),
        request_of,
        lambda visitor: (request_of(visitor), visitor.sendall(b"HTTP/1.1 20")),
        lambda visitor: (request_of(visitor), visitor.sendall(b"SSH-2.0-x\r\n\r\n")),
    ],
    ids=["first byte", "whole request", "half a status line", "another language"],
)
def test_a_line_that_drops_once_a_byte_left_is_unknown(outside, script):
    with house(script) as there, pytest.raises(OutcomeUnknown) as outcome:
        outside(there).post(there.origin, json={"text": "hello"})
    assert outcome.value.status is None


def test_an_answer_that_breaks_off_is_unknown_but_its_status_is_told(outside):
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf"
    with (
        house(lambda visitor: (request_of(visitor), visitor.sendall(half))) as there,
        pytest.raises(OutcomeUnknown) as outcome,
    ):
        outside(there).post(there.origin, json={})
    assert outcome.value.status == 200
    assert not isinstance(outcome.value, AnswerRefused)


def test_an_error_quotes_neither_address_nor_token(outside):
    told = []
    with house(lambda visitor: visitor.recv(1)) as there:
        way = outside(there)
        for url in (f"{there.origin}/{TOKEN}?k={TOKEN}", f"https://evil.example/{TOKEN}"):
            with pytest.raises(Trouble) as trouble:
                way.get(url, headers={"Authorization": TOKEN})
            told.append(str(trouble.value))
    assert all(text and TOKEN not in text and "evil" not in text for text in told)


def test_errors_are_told_apart_by_what_may_be_done_next():
    assert not issubclass(Refused, OutcomeUnknown)
    assert not issubclass(NotSent, OutcomeUnknown)
    assert issubclass(AnswerRefused, OutcomeUnknown)  # an answer came: the request did leave

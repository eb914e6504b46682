"""The way out: what it lets through."""

import threading
import time

import pytest

from nyumbani.kit.http import Limits, NotSent, Outside
from tests.kit.town import (
    NAME,
    PUBLIC,
    TOKEN,
    Town,
    answer,
    answering,
    certificate,
    house,
    request_of,
)

pytestmark = pytest.mark.pure


def test_a_request_reaches_the_listed_host_at_the_address_that_was_checked(tls):
    heard, town = [], Town()
    with house(answering(answer(b'{"id": 7}', "200 OK", "X-Mark: yes"), heard), tls[0]) as there:
        town.streets[PUBLIC] = there.port
        way = Outside([NAME], resolver=lambda _host, _port: [PUBLIC], inner=town, trust=tls[1])
        came = way.get(f"https://{NAME}/v1/media?x=1", headers={"Authorization": TOKEN})
        way.close()
    assert (came.status, came.is_ok, came.json()) == (200, True, {"id": 7})
    assert came.headers["x-mark"] == "yes"
    assert town.visited == [PUBLIC]
    assert there.server_names == [NAME]  # TLS asked for the name, though the address was dialled
    head = heard[0].decode().lower()
    assert head.startswith("get /v1/media?x=1 http/1.1\r\n")
    assert f"\r\nhost: {NAME}\r\n" in head
    assert "\r\naccept-encoding: identity\r\n" in head
    assert "transfer-encoding" not in head
    assert f"\r\nauthorization: {TOKEN.lower()}\r\n" in head


def test_a_certificate_for_another_name_or_signed_by_a_stranger_ends_it_before_a_byte_left(tls):
    heard, town = [], Town()
    other = certificate("other.example.org")
    with house(answering(answer(), heard), other[0]) as there:
        town.streets[PUBLIC] = there.port
        for trust in (other[1], tls[1], None):
            way = Outside([NAME], resolver=lambda *_: [PUBLIC], inner=town, trust=trust)
            with pytest.raises(NotSent, match=r"(?i)certificate"):
                way.post(f"https://{NAME}/", json={"text": "secret"})
            way.close()
    assert heard == []


def test_json_and_forms_are_sent_as_such(outside):
    heard = []
    with house(answering(answer(), heard)) as there:
        way = outside(there)
        way.post(f"{there.origin}/a", json={"text": "سلام"})
        way.post(f"{there.origin}/c", form={"type": "audio/ogg"})
    bodies = [request.partition(b"\r\n\r\n")[2] for request in heard]
    assert "سلام".encode() in bodies[0]
    assert bodies[1] == b"type=audio%2Fogg"


def test_every_request_has_a_connection_of_its_own_and_many_threads_may_share_one_way(outside):
    with house(answering(answer(b"ok"))) as there:
        way = outside(there, Limits(total=5))
        assert [way.get(there.origin).body for _ in range(3)] == [b"ok"] * 3
        assert there.visitors == 3
        came = []
        threads = [
            threading.Thread(target=lambda: came.append(way.get(there.origin).body))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert came == [b"ok"] * 8


def test_a_connection_the_other_side_gave_up_in_silence_is_not_used_again(outside):
    def once(visitor):
        request_of(visitor)
        visitor.sendall(answer(b"ok"))

    with house(once) as there:
        way = outside(there)
        for visit in (1, 2, 3):
            assert way.post(there.origin, json={}).body == b"ok"
            assert there.visitors == visit
            time.sleep(0.05)


def test_proxies_from_the_environment_are_not_used_and_cookies_not_kept(outside, monkeypatch):
    spied, heard = [], []
    with (
        house(answering(answer(b"spy"), spied)) as proxy,
        house(answering(answer(b"ok", "200 OK", "Set-Cookie: a=b"), heard)) as there,
    ):
        for name in ("http_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.origin)
        monkeypatch.delenv("no_proxy", raising=False)
        way = outside(there)
        assert way.get(there.origin).body == b"ok"
        assert way.get(there.origin).body == b"ok"
    assert spied == []
    assert b"cookie" not in heard[1].lower()

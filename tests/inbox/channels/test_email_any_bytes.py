"""Whatever lies in the box, the parser never raises, and every letter is one event."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.email.letters import opened
from nyumbani.inbox.channels.email.parts import enclosed, parts_of
from nyumbani.inbox.channels.events import Kind
from tests.inbox.channels.odd import can_be_stored

pytestmark = [pytest.mark.pure, pytest.mark.slow]
patient = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])

NAMES = [
    b"From", b"To", b"Subject", b"Date", b"Message-ID", b"In-Reply-To", b"References", b"Received",
    b"Content-Type", b"Content-Transfer-Encoding", b"Content-Disposition", b"Auto-Submitted",
    b"Authentication-Results", b"Reply-To", b"Precedence", b"MIME-Version", b"List-Id",
]  # fmt: skip
VALUES = [
    b"rehema@example.org", b"=?utf-8?B?UmVoZW1h?= <rehema@example.org>", b"=?x?Q?=FF?=", b"<>",
    b"a@b.c, d@e.f", b'"a', b"(((((", b"multipart/mixed; boundary=x", b"multipart/alternative;",
    b"multipart/report; report-type=delivery-status; boundary=x", b"message/rfc822", b"text/html",
    b"message/delivery-status", b"text/plain; charset=utf-16", b"text/plain; charset=zlib",
    b"text/plain; charset*=utf-8''%FF", b"base64", b"quoted-printable", b"uuencode", b"x-uue",
    b"attachment; filename*0*=utf-8''%00; filename*1=b", b"Mon, 99 Jul 2014", b"-1",
    b"Fri, 31 Dec 9999 23:59:59 -2359", b"mx.example.org; dmarc=pass", b"\xff\xfe\x00", b"",
    b"inline; filename==?utf-8?Q?=00?=", b"=?utf-8?B?AAAA?=", b"multipart/mixed; boundary=\"\"",
]  # fmt: skip
BODIES = [
    b"--x\r\n", b"--x--\r\n", b"\r\n", b"Status: 5.1.1\r\n", b"Action: failed\r\n", b"Habari\r\n",
    b"<style><p>a<br>b</p><a href='http://x.example'>c</a>\r\n", b"&#0;&#xD800;", b"aGVsbG8=\r\n",
    b"begin 644 a\r\n", b"=00=ED=A0=80\r\n", b"<![", b"<!--", b"From x\r\n",
]  # fmt: skip
headers = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES) | st.binary(max_size=30)), max_size=8
).map(lambda found: b"".join(name + b": " + value + b"\r\n" for name, value in found))
bodies = st.lists(st.sampled_from(BODIES) | headers | st.binary(max_size=40), max_size=10)
letters = st.tuples(headers, bodies).map(lambda found: found[0] + b"\r\n" + b"".join(found[1]))


def parse(raw):
    return registry.channel("email").parse(raw)


@given(st.binary(max_size=400))
@patient
def test_any_bytes_give_one_event(raw):
    assert can_be_stored(parse(raw))
    assert len(parse(raw)) == 1


@given(letters)
@example(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x--")
@patient
def test_any_letter_gives_one_event(raw):
    assert can_be_stored(parse(raw))
    assert len(parse(raw)) == 1


@given(letters)
@patient
def test_every_file_a_letter_names_can_be_taken_out_of_it(raw):
    import hashlib

    (event,) = parse(raw)
    for media in event.media:
        content = enclosed(raw, media.provider_id)
        assert hashlib.sha256(content).hexdigest() == media.sha256
        assert len(content) == media.size


@given(letters, st.sampled_from(["", "-1", "0", "7", "٣", "99999999", "x"]))
@patient
def test_a_file_that_is_not_there_is_nothing(raw, number):
    found = enclosed(raw, number)
    assert found is None or int(number) < len(parts_of(opened(raw)))


def test_what_is_nested_without_end_is_kept_all_the_same():
    raw = b"From: a@example.org\r\n"
    for depth in range(3000):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth)
    (event,) = parse(raw)
    assert event.identifiers[0].value == "a@example.org"
    assert event.kind in {Kind.MESSAGE, Kind.NOT_UNDERSTOOD}


def test_the_longest_and_the_most_are_read_in_time():
    many = b"".join(b"--x\r\n\r\na\r\n" for _ in range(5000))
    for body in (b"<" * 300_000, b"<p>" * 100_000, b"<!--" * 50_000, b"=?" * 100_000):
        head = b"From: a@example.org\r\nContent-Type: text/html\r\n\r\n"
        assert can_be_stored(parse(head + body))
    assert can_be_stored(parse(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + many))
    assert can_be_stored(parse(b"Subject: " + b"=?utf-8?Q?a?= " * 20_000 + b"\r\n\r\n"))
    assert can_be_stored(parse(b"From: " + b"a@b.c, " * 50_000 + b"\r\n\r\n"))
    assert can_be_stored(parse(b"Authentication-Results: x;" + b"(" * 50_000 + b"\r\n\r\n"))

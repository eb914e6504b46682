"""Letters of all sorts: their words, alphabets, times, senders, and what machines write."""

import datetime as dt

import pytest

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.email.vouching import NOT_VERIFIED
from nyumbani.inbox.channels.events import Content, Kind, Name

pytestmark = pytest.mark.pure
ATTEMPT = "01J2Z3Y4X5W6V7T8S9R0Q1P2N3"
OURS = f"<{ATTEMPT}@example.org>"


def read(head="", body="Nisaidie", sender="Rehema <rehema@example.net>", **more):
    raw = body if isinstance(body, bytes) else body.encode()
    lines = f"From: {sender}\r\nMessage-ID: <a@example.net>\r\n" if sender else ""
    (event,) = registry.channel("email").parse((lines + head).encode() + b"\r\n" + raw)
    return event


def test_plain_words_are_taken_before_the_page_and_the_page_where_there_are_none():
    both = (
        "--x\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
        "--x\r\nContent-Type: text/html\r\n\r\n<b>page</b>\r\n--x--"
    )
    head = "Content-Type: multipart/alternative; boundary=x\r\n"
    assert read(head, both).text == "plain"
    page = (
        "<style>p{}</style><p>Habari <b>yako</b></p><script>x</script><br>"
        "<a href='https://a.example/x'>here</a>"
    )
    found = read("Content-Type: text/html\r\n", page)
    assert found.text == "Habari yako\n\nhere <https://a.example/x>"


def test_words_beside_each_other_are_all_shown_and_a_letter_in_a_letter_is_a_file():
    body = (
        "--x\r\n\r\nOne\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>Two</p>\r\n"
        "--x\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nThree\r\n--x--"
    )
    found = read("Content-Type: multipart/mixed; boundary=x\r\n", body)
    assert found.text == "One\n\nTwo"
    assert [file.content for file in found.media] == [Content.DOCUMENT]


@pytest.mark.parametrize(
    ("claimed", "raw", "text", "note"),
    [
        ("utf-8", "مساعدة".encode(), "مساعدة", ""),
        ("iso-8859-1", "مساعدة".encode(), "مساعدة", "names another alphabet"),
        ("us-ascii", "ኣድሕኑኒ".encode(), "ኣድሕኑኒ", "names another alphabet"),
        ("windows-1256", "مساعدة".encode("windows-1256"), "مساعدة", ""),
        ("utf-8", "مساعدة".encode("windows-1256"), None, "were replaced"),
        ("klingon", b"caf\xe9", "café", "names another alphabet"),
        ("zlib", b"Habari \x00", "Habari \ufffd", ""),
    ],
)
def test_an_alphabet_that_lies_loses_no_letter_that_can_be_read(claimed, raw, text, note):
    found = read(f"Content-Type: text/plain; charset={claimed}\r\n", raw)
    assert text is None or found.text == text
    assert any(note in one for one in found.notes)


def test_without_an_id_a_letter_is_known_by_its_bytes():
    raw = b"From: rehema@example.net\r\n\r\nHabari"
    first, again = (registry.channel("email").parse(raw)[0] for _ in range(2))
    other = registry.channel("email").parse(raw + b"!")[0]
    assert first.key == again.key != other.key
    assert "no message id" in first.notes


def test_another_letter_under_the_same_id_is_another_item_and_a_second_way_is_not():
    assert read(body="One").key != read(body="Two").key
    assert read("Received: by a\r\n").key == read("Received: by b\r\n").key


@pytest.mark.parametrize(
    ("date", "hour", "note"),
    [
        ("Mon, 14 Jul 2014 08:03:00 +0300", 5, ""),
        ("Mon, 14 Jul 2014 05:03:00 -0000", 5, "without a zone"),
        ("Fri, 14 Jul 2034 08:03:00 +0300", 6, "clock is wrong"),
        ("yesterday", 6, "time not understood"),
    ],
)
def test_the_senders_time_counts_unless_it_cannot_be(date, hour, note):
    found = read(f"Received: by mx; Mon, 14 Jul 2014 06:00:00 +0000\r\nDate: {date}\r\n")
    assert found.sent_at.astimezone(dt.UTC).hour == hour
    assert any(note in one for one in found.notes)


def test_a_sender_without_an_address_is_kept_and_shown_as_not_understood():
    for sender in ("Rehema", "<>", ""):
        found = read(sender=sender)
        assert (found.kind, found.identifiers) == (Kind.NOT_UNDERSTOOD, ())
        assert found.text == "Nisaidie"


@pytest.mark.parametrize(
    "head", ["Auto-Submitted: auto-replied\r\n", "Precedence: bulk\r\n", "X-Autoreply: yes\r\n"]
)
def test_an_automatic_answer_says_so(head):
    found = read(head)
    assert "an automatic answer: nobody wrote this just now" in found.notes
    assert found.data["automatic"] is True
    assert "automatic" not in read("Auto-Submitted: no\r\n").data


def test_who_wants_to_be_answered_elsewhere_is_not_and_it_is_said():
    found = read("Reply-To: other@example.com\r\n")
    assert found.identifiers == (Name("email", "rehema@example.net"),)
    assert "asks to be answered at another address" in found.notes


@pytest.mark.parametrize(
    ("header", "is_hers"),
    [
        ("mx.example.org; dmarc=pass header.from=example.net", True),
        ("mx.example.org; dkim=pass header.d=example.net", True),
        ("mx.example.org; dkim=pass header.d=example.com", False),
        ("mx.example.org; spf=pass smtp.mailfrom=example.net", False),
        ("mx.example.org; dmarc=fail (they said dmarc=pass)", False),
        ('mx.example.org; spf=fail reason="; dmarc=pass"', False),
        ("mx.elsewhere.org; dmarc=pass", False),
        ("", False),
    ],
)
def test_only_the_server_an_administrator_named_vouches_for_a_sender(header, is_hers):
    found = read(f"Authentication-Results: {header}\r\n" if header else "")
    judged = registry.channel("email").judged
    assert NOT_VERIFIED in found.notes
    said = judged(found, account="a@b.org", secrets={"checked_by": "mx.example.org"})
    assert (NOT_VERIFIED not in said.notes) == is_hers
    assert NOT_VERIFIED in judged(found, account="a@b.org", secrets={}).notes


def test_below_the_servers_own_line_a_forged_one_counts_for_nothing():
    found = read(
        "Authentication-Results: mx.example.org; dmarc=fail\r\n"
        "Authentication-Results: mx.example.org; dmarc=pass\r\n"
    )
    secrets = {"checked_by": "mx.example.org"}
    said = registry.channel("email").judged(found, account="a@b.org", secrets=secrets)
    assert NOT_VERIFIED in said.notes


def bounce(told, original=f"Message-ID: {OURS}\r\n"):
    body = (
        "--b\r\n\r\nNo.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx\r\n\r\n{told}\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\n{original}\r\nsecret words\r\n--b--"
    )
    return read("Content-Type: multipart/report; boundary=b\r\n", body, "MAILER-DAEMON <m@x.org>")


def test_a_bounce_names_our_attempt_and_is_nobodys_message():
    found = bounce("Action: failed\r\nStatus: 5.1.1\r\nFinal-Recipient: rfc822; r@example.net")
    assert (found.kind, found.status, found.callback) == (Kind.STATUS, "failed", ATTEMPT)
    assert (found.refers_to, found.problems[0].code) == (OURS, 50101)
    assert (found.identifiers, found.is_report) == ((), True)
    assert "secret words" not in str(found)


def test_a_letter_that_waits_has_not_failed_and_a_strangers_bounce_is_not_understood():
    assert bounce("Action: delayed\r\nStatus: 4.4.1").status == "sent"
    assert bounce("Action: failed", "Message-ID: <x@y>\r\n").kind is Kind.NOT_UNDERSTOOD
    assert bounce("Action: exploded").kind is Kind.NOT_UNDERSTOOD


def test_a_letter_that_breaks_off_says_so_and_what_is_there_is_read():
    found = read("Content-Type: multipart/mixed; boundary=x\r\n", "--x\r\n\r\nHabari")
    assert found.text == "Habari"
    assert "the letter breaks off before its end" in found.notes

"""Mail servers: TLS with the right name, deadlines, addresses, and what an error means."""

import datetime as dt
import socket
import ssl
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from nyumbani.drill.mail.box import Box
from nyumbani.drill.mail.imap import Keeper
from nyumbani.drill.mail.listening import Listener
from nyumbani.drill.mail.provider import Provider
from nyumbani.drill.mail.smtp import Counter
from nyumbani.kit import mail, mailbox
from nyumbani.kit.http import NotSent, OutcomeUnknown, Refused
from nyumbani.kit.servers import Server, is_place, place

pytestmark = pytest.mark.pure
LETTER = b"Subject: Habari\r\n\r\n.one\r\n..two\r\n"
PUBLIC = "8.8.8.8"  # nothing goes there: the tests dial for themselves


def server(port=993, host="mail.example.org", **more):
    return Server(host, port, "box", "invented-password", **more)


def give(way, to=None):
    return mail.hand_over(to or server(465), sender="a@example.org", to="b@example.net",
                          contents=LETTER, way=way)  # fmt: skip


def fetch(way, since="", of=None):
    return list(mailbox.collect(of or server(), since, way=way))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for mail.example.org that only this test believes."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example.org")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(now).not_valid_after(now + dt.timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("mail.example.org")]), False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ) + made.public_bytes(serialization.Encoding.PEM)
    )  # fmt: skip
    return file


def secured(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return lambda plain: context.wrap_socket(plain, server_side=True)


def way_to(listener, certificate, **more):
    trust = ssl.create_default_context(cafile=certificate)
    return mail.Way(
        trust=trust, resolver=lambda _host, _port: [PUBLIC],
        dial=lambda _address, wait: socket.create_connection(("127.0.0.1", listener.port), wait),
        **more,
    )  # fmt: skip


def test_letters_are_fetched_under_tls_and_nothing_is_changed(certificate):
    box = Box("a@example.org")
    box.lay(LETTER)
    with Listener(Keeper(box).talk, secured=secured(certificate)) as listener:
        way = way_to(listener, certificate)
        (found,) = fetch(way)
        assert (found.mark, found.raw) == ("1:1", LETTER)
        assert fetch(way, found.mark) == []
        box.renumber()
        assert [one.mark for one in fetch(way, found.mark)] == ["2:101"]


def test_a_letter_is_given_in_under_tls_exactly_as_it_is(certificate):
    taken = []
    counter = Counter(Box("a@example.org"), lambda to, raw: taken.append((to, raw)))
    with Listener(counter.talk, secured=secured(certificate)) as listener:
        assert give(way_to(listener, certificate)).step == "contents"
    assert taken == [("b@example.net", LETTER)]


def test_a_server_under_another_name_is_not_spoken_to(certificate):
    box = Box("a@example.org")
    with Listener(Keeper(box).talk, secured=secured(certificate)) as listener:
        way = way_to(listener, certificate)
        with pytest.raises(NotSent):
            fetch(way, of=server(host="other.example.org"))
        with pytest.raises(NotSent):
            fetch(mail.Way(resolver=way.resolver, dial=way.dial))  # nobody vouches for it


def test_without_tls_no_password_leaves(certificate):
    box = Box("a@example.org")
    counter = Counter(box, lambda _to, _raw: None)
    with Listener(counter.talk) as listener:  # has never heard of STARTTLS
        box.faults["login"] = 535  # used up by whoever tries to log in
        with pytest.raises(NotSent):
            give(way_to(listener, certificate), server(587, starttls=True))
    assert box.faults == {"login": 535}


def test_an_address_in_the_house_is_not_spoken_to():
    for address in ("127.0.0.1", "10.0.0.7", "::1"):
        with pytest.raises(Refused):
            give(mail.Way(resolver=lambda _host, _port, found=address: [found]))
    with pytest.raises(Refused):
        give(mail.Way(moved="smtp://mail.example.org:25"))


def test_what_never_left_and_what_may_have_are_told_apart():
    box = Box("a@example.org")
    with Provider(box) as provider:
        way = mail.Way(moved=provider.urls["smtp"])
        box.faults["to"] = 50101
        reply = give(way)
        assert (reply.code, reply.step) == (550, "letter")
        box.faults["dropped"] = 1
        with pytest.raises(OutcomeUnknown):
            give(way)
    with pytest.raises(NotSent):
        give(way)  # nobody listens any more


def test_a_late_last_word_is_not_waited_for_without_end():
    box = Box("a@example.org")
    with Provider(box) as provider:
        box.faults["late"] = 2
        patience = mail.Patience(answer=5, total=0.3)
        began = time.monotonic()
        with pytest.raises(OutcomeUnknown):
            give(mail.Way(patience, moved=provider.urls["smtp"]))
        assert time.monotonic() - began < 1.5


def test_a_refused_password_is_not_a_busy_server():
    box = Box("a@example.org", password="another")
    with Provider(box) as provider:
        way = mail.Way(moved=provider.urls["imap"])
        box.faults["busy"] = 1
        with pytest.raises(NotSent):
            fetch(way)
        with pytest.raises(mailbox.NoEntry):
            fetch(way)


def test_a_host_is_named_with_or_without_a_port():
    assert place("Mail.Example.org", usual=993) == ("mail.example.org", 993)
    assert place("mail.example.org:465", usual=993) == ("mail.example.org", 465)
    for wrong in ("", "mail", "http://mail.example.org", "mail.example.org:0", "a b.org",
                  "mail.example.org:99999", "mail.example.org/x"):  # fmt: skip
        assert not is_place(wrong)

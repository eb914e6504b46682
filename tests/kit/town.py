"""A small town for testing the way out: streets (addresses), houses (real loopback servers), names.

The servers are real sockets on this machine. Only the streets are invented: a connection to a
public address is led to the server that stands there, so that what is checked is what is reached.
"""

import datetime as dt
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import httpcore
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from nyumbani.kit import clock
from nyumbani.kit.http import Limits

PUBLIC = "151.101.1.1"
ELSEWHERE = "151.101.2.2"
NAME = "media.example.org"
TOKEN = "EAAB-secret"
CALM = Limits(total=20, largest=1000)
HASTY = Limits(connect=0.4, read=0.4, total=0.8, largest=1000)

Script = Callable[[socket.socket], None]


class Town(httpcore.NetworkBackend):
    """Leads public addresses to loopback ports, and notes every address that was connected to."""

    def __init__(self, **_: object) -> None:
        self.streets: dict[str, int] = {}
        self.visited: list[str] = []

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.visited.append(host)
        if host not in self.streets:
            raise httpcore.ConnectError("nobody lives there")
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.streets[host], timeout)


class House:
    """A server on this machine that does what its script says, for one visitor after the other."""

    def __init__(self, script: Script, tls: ssl.SSLContext | None = None) -> None:
        self.script, self.tls = script, tls
        self.visitors = 0
        self.server_names: list[str | None] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        if tls:
            tls.sni_callback = lambda _socket, name, _context: self.server_names.append(name)
        threading.Thread(target=self._open, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _open(self) -> None:
        while True:
            try:
                visitor, _ = self.listener.accept()
            except OSError:
                return
            self.visitors += 1
            threading.Thread(target=self._serve, args=(visitor,), daemon=True).start()

    def _serve(self, visitor: socket.socket) -> None:
        with suppress(OSError), visitor:
            if self.tls:
                visitor = self.tls.wrap_socket(visitor, server_side=True)
            with visitor:
                self.script(visitor)

    def close(self) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


@contextmanager
def house(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[House]:
    built = House(script, tls)
    try:
        yield built
    finally:
        built.close()


def request_of(visitor: socket.socket) -> bytes:
    """One whole request: head, and as much body as it announces."""
    read = b""
    while b"\r\n\r\n" not in read:
        piece = visitor.recv(65536)
        if not piece:
            return read
        read += piece
    head, _, body = read.partition(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(body) < length:
        body += visitor.recv(65536)
    return head + b"\r\n\r\n" + body


def answering(answer: bytes, heard: list[bytes] | None = None) -> Script:
    """A script that reads each request and gives this answer."""

    def script(visitor: socket.socket) -> None:
        while request := request_of(visitor):
            if heard is not None:
                heard.append(request)
            visitor.sendall(answer)

    return script


def answer(body: bytes = b"", status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def certificate(name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a visitor's side of TLS for this name, signed by nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock.real_now()
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return _server_side(pem + secret), ssl.create_default_context(cadata=pem.decode())


def _server_side(pem: bytes) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as file:
        file.write(pem)
        file.flush()
        context.load_cert_chain(file.name)
    return context

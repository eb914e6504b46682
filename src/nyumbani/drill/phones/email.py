"""A simulated e-mail program: somebody writes letters, gets ours, and her server may send back."""

import datetime as dt
import email.utils
from collections.abc import Callable
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, default

from nyumbani.drill.wire.mail import Post
from nyumbani.kit import clock, ids


class MailProgram:
    """A woman at any computer: she writes, attaches, answers; nobody learns whether she reads."""

    def __init__(
        self, post: Post, ours: str, *, address: str, name: str = "",
        now: Callable[[], dt.datetime] = clock.now,
    ) -> None:  # fmt: skip
        self.ours, self._address, self.name = ours, address.lower(), name
        self.received: list[EmailMessage] = []
        self._post, self._now = post, now
        post.join(self)

    @property
    def address(self) -> str:
        """Her address."""
        return self._address

    @property
    def texts(self) -> list[str]:
        """What she got from us, in words."""
        return [_words(letter) for letter in self.received]

    @property
    def files(self) -> list[tuple[str, bytes]]:
        """What came with our letters: names and contents."""
        parts = [part for letter in self.received for part in letter.iter_attachments()]
        return [(str(part.get_filename()), bytes(part.get_content())) for part in parts]

    def arrive(self, contents: bytes) -> None:
        """Lay a letter of ours among hers."""
        self.received.append(BytesParser(EmailMessage, policy=default).parsebytes(contents))

    def write(
        self, text: str, *, subject: str = "", answers: str = "", picture: bytes = b""
    ) -> str:
        """Write to us; answers the letter's id."""
        letter = self._letter(subject, answers)
        letter.set_content(text)
        if picture:
            letter.add_attachment(picture, maintype="image", subtype="jpeg", filename="photo.jpg")
        self._post.wrote(letter.as_bytes())
        return str(letter["Message-ID"])

    def answer(self, text: str) -> str:
        """Answer our last letter."""
        last = self.received[-1]
        subject = f"Re: {last['Subject']}"
        return self.write(text, subject=subject, answers=str(last["Message-ID"]))

    def bounce(self, status: str = "5.1.1", action: str = "failed") -> None:
        """Her server sends our last letter back: a delivery report (RFC 3464)."""
        last = self.received.pop()
        told = (
            "Reporting-MTA: dns; mail.example.org\r\n\r\n"
            f"Final-Recipient: rfc822; {self.address}\r\nAction: {action}\r\nStatus: {status}\r\n"
        )
        head = f"Message-ID: {last['Message-ID']}\r\nSubject: {last['Subject']}\r\n"
        self._post.wrote(_report(told, head, self.ours, self._now()))

    def _letter(self, subject: str, answers: str) -> EmailMessage:
        letter = EmailMessage(policy=SMTP)
        letter["From"] = email.utils.formataddr((self.name, self.address))
        letter["To"], letter["Subject"] = self.ours, subject
        letter["Date"] = email.utils.format_datetime(self._now())
        letter["Message-ID"] = f"<{ids.new()}@{self.address.rpartition('@')[2]}>"
        if answers:
            letter["In-Reply-To"] = letter["References"] = answers
        return letter


def _words(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return str(body.get_content()).strip() if body is not None else ""


def _report(told: str, head: str, to: str, at: dt.datetime) -> bytes:
    lines = [
        "From: Mail Delivery System <MAILER-DAEMON@example.org>", f"To: {to}",
        "Subject: Undelivered mail", f"Date: {email.utils.format_datetime(at)}",
        f"Message-ID: <{ids.new()}@example.org>", "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "",
        "--b", "Content-Type: text/plain", "", "It could not be delivered.",
        "--b", "Content-Type: message/delivery-status", "", told,
        "--b", "Content-Type: text/rfc822-headers", "", head, "--b--", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()

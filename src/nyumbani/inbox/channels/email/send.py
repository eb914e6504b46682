"""A letter to one person, and what the mail server's word for it means."""

import datetime as dt
import email.utils
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

from nyumbani.inbox.channels.answers import object_in
from nyumbani.inbox.channels.email.door import KIND, can_be_written_to
from nyumbani.inbox.channels.email.headers import message_ids
from nyumbani.inbox.channels.email.refusals import fine, refused
from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.outgoing import (
    Accepted,
    Answer,
    CannotSend,
    Heading,
    Mail,
    Outgoing,
    Part,
    Refused,
    Unclear,
    checked,
)
from nyumbani.kit.phrases import gettext_noop

REACHABLE_BY = (KIND,)
TEXT_LIMIT = 20_000
NEUTRAL = "Hello"  # says nothing to whoever sees her screen
_LONGEST_SUBJECT = 120
_AGAIN = ("re:", "aw:", "fwd:", "fw:", "رد:")


def text(*, account: str, to: Name, body: str, callback: str, reply_to: str = "") -> Outgoing:
    """Plain words to one address; `callback` becomes the letter's own id."""
    words = checked(body, limit=TEXT_LIMIT)
    return Outgoing("MAIL", "", mail=letter_to(account, to, words, callback, reply_to))


def letter_to(account: str, to: Name, body: str, callback: str, reply_to: str) -> Mail:
    """A letter under the neutral heading; raises CannotSend where the address takes none."""
    if to.kind not in REACHABLE_BY or not to.value:
        raise CannotSend(f"nobody can be written to by {to.kind or 'nothing'}")
    if not can_be_written_to(to.value):
        raise CannotSend(gettext_noop("this address cannot be written to"))
    domain = account.rpartition("@")[2]
    return Mail(
        sender=account, to=to.value, message_id=f"<{callback}@{domain}>", subject=NEUTRAL,
        body=body, answers=next(iter(message_ids(reply_to)), ""),
    )  # fmt: skip


def headed(request: Outgoing, heading: Heading) -> Outgoing:
    """The letter under a heading that gives nothing away: the cover agreed on, or her own words."""
    if request.mail is None:
        return request
    subject = _line(heading.cover) or _answering(_line(heading.theirs)) or NEUTRAL
    last = next(iter(message_ids(heading.answers)), "")
    mail = replace(request.mail, subject=subject, answers=request.mail.answers or last)
    return replace(request, mail=mail)


def written(mail: Mail, at: dt.datetime) -> bytes:
    """The letter as it leaves: no name of ours, no program's name, no wish for a receipt."""
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"], letter["Subject"] = mail.sender, mail.to, mail.subject
    letter["Date"] = email.utils.format_datetime(at.astimezone(dt.UTC))
    letter["Message-ID"] = mail.message_id
    if mail.answers.isascii() and mail.answers:
        letter["In-Reply-To"] = letter["References"] = mail.answers
    letter.set_content(mail.body, cte="quoted-printable" if mail.body.isascii() else "base64")
    if mail.part is not None:
        _enclose(letter, mail, mail.part)
    return letter.as_bytes()


def _enclose(letter: EmailMessage, mail: Mail, part: Part) -> None:
    main, _, sub = part.mime_type.partition("/")
    letter.add_attachment(mail.enclosed, maintype=main, subtype=sub, filename=part.name)
    # The library's own mark between parts would say with what the letter was written.
    letter.set_boundary(mail.message_id.strip("<>").partition("@")[0] or "part")


def answer(status: int, body: bytes, *, attempt: int = 1) -> Answer:
    """What the server's last word means; `body` is told by `nyumbani.inbox.platforms`.

    A server says 250 once it has the letter: whether she gets it is told by reports, if at all.
    """
    told = object_in(body)
    said, step, own_id = (str(told.get(name, "")) for name in ("said", "step", "message_id"))
    if 200 <= status < 300 and step == "contents":
        return Accepted(own_id)
    if step == "login" and status >= 500:
        return refused(535, attempt=attempt)
    if 400 <= status < 600:
        found = refused(fine(status, said), attempt=attempt)
        is_later = status < 500 and found.retry_after is None
        return refused(status, attempt=attempt) if is_later else _before_her(found, step)
    return Unclear(f"code {status}")


def _before_her(found: Refused, step: str) -> Refused:
    """A server that wants a password stops us; the same code said of her address does not."""
    return replace(found, stops_channel=found.stops_channel and step != "contents")


def _line(words: str) -> str:
    return "".join(" ".join(words.split()).replace("\x00", ""))[:_LONGEST_SUBJECT]


def _answering(subject: str) -> str:
    if not subject or subject.casefold().startswith(_AGAIN):
        return subject
    return f"Re: {subject}"

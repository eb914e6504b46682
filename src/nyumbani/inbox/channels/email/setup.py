"""How a box of ours is connected: where letters are fetched, where they are given in."""

import datetime as dt
from collections.abc import Mapping

from nyumbani.inbox.channels.connecting import Secret, Setup
from nyumbani.inbox.channels.email.door import is_ours
from nyumbani.inbox.channels.email.send import headed, written
from nyumbani.inbox.channels.outgoing import Outgoing, Platform
from nyumbani.inbox.channels.registry import PostOffice
from nyumbani.kit.phrases import gettext_noop
from nyumbani.kit.servers import Server, is_place, place

IMAPS, SUBMISSION, SUBMISSIONS = 993, 587, 465
EVERY = dt.timedelta(minutes=2)


def keeps(secrets: Mapping[str, str]) -> Server:
    """The server our letters lie on: IMAP, under TLS from the first byte."""
    host, port = place(secrets["incoming"], usual=IMAPS)
    return Server(host, port, secrets["username"], secrets["password"])


def sends(secrets: Mapping[str, str]) -> Server:
    """The server that takes our letters: TLS at once on port 465, after STARTTLS elsewhere."""
    host, port = place(secrets["outgoing"], usual=SUBMISSION)
    return Server(
        host, port, secrets["username"], secrets["password"], starttls=port != SUBMISSIONS
    )


def _unchanged(request: Outgoing, secrets: Mapping[str, str]) -> Outgoing:  # noqa: ARG001 - every channel is asked alike
    return request


def _tell(account: str, path: str, made: Mapping[str, str]) -> tuple[str, ...]:  # noqa: ARG001 - every channel is asked alike
    return (
        f"Letters to {account} are fetched every two minutes while a worker works.",
        "There is nothing to enter at the mail server.",
    )


def _is_line(words: str) -> bool:
    return bool(words) and words.isprintable()


def _is_domain(words: str) -> bool:
    return is_place(words) and ":" not in words


NOWHERE = Platform("email", "https://mail.invalid", _unchanged)  # letters go by `POST` alone
POST = PostOffice(sends=sends, keeps=keeps, headed=headed, written=written, every=EVERY)
_PLACE = gettext_noop(
    "a host's name, such as mail.example.org, or with a port: mail.example.org:993"
)
SETUP = Setup(
    account=gettext_noop("the box's own address, in small letters"),
    is_account=is_ours,
    secrets=(
        Secret(
            name="incoming", variable="NYUMBANI_EMAIL_IMAP",
            question=gettext_noop("Server for incoming mail (IMAP)"),
            fits=is_place, otherwise=_PLACE,
        ),
        Secret(
            name="outgoing", variable="NYUMBANI_EMAIL_SMTP",
            question=gettext_noop("Server for outgoing mail (SMTP)"),
            fits=is_place, otherwise=_PLACE,
        ),
        Secret(
            name="username", variable="NYUMBANI_EMAIL_USERNAME",
            question=gettext_noop("Name at the mail server"),
            fits=_is_line, otherwise=gettext_noop("one line"),
        ),
        Secret(
            name="password", variable="NYUMBANI_EMAIL_PASSWORD",
            question=gettext_noop("Password at the mail server"),
            fits=_is_line, otherwise=gettext_noop("one line"),
        ),
        Secret(
            name="checked_by", variable="NYUMBANI_EMAIL_CHECKED_BY",
            question=gettext_noop("Name under which the mail server vouches for senders"),
            is_optional=True, fits=_is_domain,
            otherwise=gettext_noop("a host's name, as it stands in Authentication-Results"),
        ),
    ),
    path=lambda _door, _secrets: "",
    tell=_tell,
)  # fmt: skip

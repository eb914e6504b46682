"""What goes out to a platform, and what its answer means for the message we tried to send.

Nothing here touches the network: a sender takes an `Outgoing`, adds its host and its token, and
gives status and body of the answer back to the channel to be understood.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from nyumbani.inbox.channels.events import Name
from nyumbani.kit.phrases import gettext_noop


class CannotSend(ValueError):
    """The message would be refused for sure: too long, empty, or nobody to send it to."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside a request: whoever sends it puts the bytes there."""

    field: str
    name: str
    mime_type: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter for a mail server: what goes out where no HTTP is spoken."""

    sender: str
    to: str
    message_id: str  # made from our attempt's id: a reply or a bounce names it
    subject: str
    body: str
    answers: str = ""  # the message id of the letter answered
    part: Part | None = None
    enclosed: bytes = field(default=b"", repr=False)  # what `part` holds, as it leaves


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a letter for everybody who sees her screen."""

    cover: str = ""  # who we say we are, as agreed with her
    theirs: str = ""  # what she herself wrote over her last letter
    answers: str = ""  # that letter's message id


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request to the platform's interface; `path` begins with "/" and holds the query.

    It carries no secret yet: `Platform.authorised` adds those, just before it leaves.
    """

    method: str  # GET | POST
    path: str
    json: dict[str, object] | None = None
    form: Mapping[str, str] | None = None  # instead of JSON
    part: Part | None = None  # a file beside the form, whose bytes are added as it leaves
    headers: Mapping[str, str] = field(default_factory=dict)
    mail: Mail | None = None  # instead of all this, on a channel that has a `PostOffice`


@dataclass(frozen=True, slots=True)
class Platform:
    """Where requests go and how they show whose they are; channels may share one."""

    name: str  # how settings call it, to put a simulated one in its place
    home: str  # "https://<host>", without a slash at the end
    authorised: Callable[[Outgoing, Mapping[str, str]], Outgoing]  # (request, our secrets)
    hosts: tuple[str, ...] = ()  # other hosts it may be reached at


@dataclass(frozen=True, slots=True)
class Accepted:
    """The platform took the message; whether it arrives is told later by statuses."""

    message_id: str
    identifiers: tuple[Name, ...] = ()  # what the platform calls the person it went to
    held: str = ""  # why it waits on their side, e.g. "held_for_quality_assessment"


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform did not take it. `code` is theirs, or the HTTP status if they gave none.

    `title` and `details` are the platform's words and may quote her number; `meaning` is ours, and
    the only one that may be stored in the clear.
    """

    code: int
    title: str
    meaning: str = gettext_noop("refused")
    retry_after: dt.timedelta | None = None  # None: trying again would change nothing
    stops_channel: bool = False  # nothing can be sent until somebody mends the account
    window_closed: bool = False  # she wrote too long ago: only a template may go out
    subcode: int | None = None
    details: str = ""
    trace: str = ""  # for a question to the platform's support


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nobody knows whether it went out: look for its statuses before sending it again."""

    why: str


Answer = Accepted | Refused | Unclear


@dataclass(frozen=True, slots=True)
class MediaPlace:
    """Where a file can be fetched for a few minutes, and what it claims to be.

    An address, or a path on the platform itself that is asked for with our token.
    """

    url: str = ""
    mime_type: str = ""
    sha256: str = ""  # lower-case hex
    size: int | None = None  # bytes
    path: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """What a platform answers when asked for messages we may not have got."""

    count: int
    up_to: str  # where to go on asking; empty: it does not say


@dataclass(frozen=True, slots=True)
class Length:
    """How much of what a platform takes a text fills, in the platform's own way of counting."""

    taken: int
    limit: int
    parts: int = 1  # as how many messages it goes out, and is paid for


def checked(text: str, *, limit: int) -> str:
    """The same text; raises CannotSend if the platform would refuse it (limit in characters)."""
    if not text.strip():
        raise CannotSend(gettext_noop("there is nothing to send"))
    if len(text) > limit:
        raise CannotSend(f"{len(text)} characters; this channel takes {limit}")
    return text

"""The channels there are, each told by its own folder.

A new channel is one folder beside `whatsapp` with a module `channel` that calls `register`.
"""

import datetime as dt
import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from nyumbani.inbox.channels.connecting import Setup
from nyumbani.inbox.channels.events import InboundEvent, Name
from nyumbani.inbox.channels.filing import Filing
from nyumbani.inbox.channels.knocking import Genuine, Limit
from nyumbani.inbox.channels.library import Library
from nyumbani.inbox.channels.limits import Files, Rate
from nyumbani.inbox.channels.outgoing import (
    Answer,
    Heading,
    Length,
    Mail,
    MediaPlace,
    Missed,
    Outgoing,
    Platform,
    Refused,
    Unclear,
)
from nyumbani.kit.servers import Server


class Text(Protocol):
    """Builds the request that sends plain words; raises CannotSend if it could only be refused."""

    def __call__(
        self, *, account: str, to: Name, body: str, callback: str, reply_to: str = ""
    ) -> Outgoing:
        """`account` is our door, `callback` our attempt id, `reply_to` the message answered."""


class Template(Protocol):
    """Builds the request that sends an approved template."""

    def __call__(
        self,
        *,
        account: str,
        to: Name,
        name: str,
        language: str,
        components: Sequence[Mapping[str, object]] = (),
        callback: str,
        reply_to: str = "",
    ) -> Outgoing:
        """`components` fill the template's blanks, in the platform's own form."""


class Answered(Protocol):
    """Understands the answer to a message."""

    def __call__(self, status: int, body: bytes, *, attempt: int = 1) -> Answer:
        """`status` is the HTTP status, `attempt` counts from 1."""


class Failed(Protocol):
    """Understands an error code that comes later, in a status."""

    def __call__(self, code: int, *, title: str = "", attempt: int = 1) -> Refused:
        """Whether and when trying again makes sense."""


class MediaLookup(Protocol):
    """Builds the request that asks where a file lies."""

    def __call__(self, *, account: str, provider_id: str) -> Outgoing:
        """`provider_id` as it stands in `events.Media`."""


class MediaFound(Protocol):
    """Understands the answer to a `MediaLookup`."""

    def __call__(
        self, status: int, body: bytes, *, attempt: int = 1
    ) -> MediaPlace | Refused | Unclear:
        """Where the file lies, or why that is not known."""


class NameLookup(Protocol):
    """Builds the request that asks what somebody calls herself, where messages do not say it."""

    def __call__(self, *, person: Name) -> Outgoing:
        """`person` is known by an identifier of one of the kinds in `named_by`."""


class NameFound(Protocol):
    """Understands the answer to a `NameLookup`."""

    def __call__(self, status: int, body: bytes, *, attempt: int = 1) -> str | Refused | Unclear:
        """Her name, or why it is not known."""


class Ask(Protocol):
    """Builds the request for messages that came after one we have."""

    def __call__(self, *, account: str, since: str) -> Outgoing:
        """`since` as `Missed.up_to` said it; empty: from the beginning."""


class Found(Protocol):
    """Understands the answer to an `Ask`."""

    def __call__(self, status: int, body: bytes) -> Missed | Refused | Unclear:
        """How many there are; their contents are read where every body is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """How messages are recovered whose webhook never came. The answer goes into the journal."""

    ask: Ask
    found: Found
    every: dt.timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOffice:
    """How a channel goes by mail servers instead of HTTP: which they are, what a letter is."""

    sends: Callable[[Mapping[str, str]], Server]  # by an account's secrets
    keeps: Callable[[Mapping[str, str]], Server]
    headed: Callable[[Outgoing, Heading], Outgoing]
    written: Callable[[Mail, dt.datetime], bytes]  # the letter as it leaves at that moment
    every: dt.timedelta  # so often the box is looked into


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCheck:
    """How a platform is asked until when our token holds."""

    ask: Callable[[Mapping[str, str]], Outgoing]  # by an account's secrets
    found: Callable[[int, bytes], dt.datetime | Refused | Unclear | None]
    """Aware UTC; None: it does not end by itself."""


class Judged(Protocol):
    """Says of an item what only the account it came through can know."""

    def __call__(
        self, event: InboundEvent, *, account: str, secrets: Mapping[str, str]
    ) -> InboundEvent:
        """The same item, perhaps with other notes or of another kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """All a room needs to know of a channel; what a channel does not have is None."""

    kind: str  # the name in addresses, rows and on the command line
    label: str  # what people call it: the platform's own name, or a phrase that is translated
    parse: Callable[[bytes], list[InboundEvent]]
    setup: Setup
    platform: Platform
    is_genuine: Genuine
    opened_by: tuple[str, ...]  # names of the secrets `is_genuine` looks at
    is_form: Callable[[bytes], bool] | None = None  # whether bytes are a form it sends; None: JSON
    has_word: bool = False  # its address ends in a word: /hooks/<kind>/<word>/
    account_by_door: bool = False  # bodies do not (always) say which account they came through
    challenge_answer: Callable[[Mapping[str, str], str], str | None] | None = None
    """(query, agreed word); None: the platform asks nothing before it sends."""
    spans_accounts: bool = False  # her number or id means the same person at all our accounts
    spans_messages: bool = False  # a message's id is unique over all our accounts
    numbers: tuple[str, ...] = ()  # kinds of identifier that are telephone numbers
    reachable_by: tuple[str, ...]  # kinds of identifier one can write to, best first
    text: Text
    text_limit: int  # characters
    answer: Answered
    refused: Failed
    media_hosts: tuple[str, ...]  # where its files lie: exact names, or *.suffix
    window: dt.timedelta | None  # free words may go out so long after her last message; None: ever
    length: Callable[[str], Length] | None = None  # None: characters, as Python counts them
    limit_note: str = ""  # how the limit is counted, for whoever writes; marked for translation
    pace: dt.timedelta = dt.timedelta()  # at least so long between two messages to one person
    recovery: Recovery | None = None
    post: PostOffice | None = None  # set: letters go by mail, and a box is looked into
    judged: Judged | None = None
    enclosed: Callable[[bytes, str], bytes | None] | None = None
    """(body, `events.Media.provider_id`): a file that came inside the very body."""
    limit: Limit | None = None  # how large and how many requests at its door may be
    token_check: TokenCheck | None = None
    rate: Rate | None = None  # so many messages a second through one account; None: no limit
    counts_people: bool = False  # only so many people a day are first written to (account's tier)
    files: Files = field(default_factory=dict)  # which may be sent, and how large
    filing: Filing | None = None  # how files leave; None: it carries none
    template: Template | None = None
    library: Library | None = None  # where templates are approved
    late_text: Text | None = None  # words by a member of staff after the window...
    late_window: dt.timedelta | None = None  # ...but no later than this after her last message
    media_lookup: MediaLookup | None = None  # None: files come with their address
    media_place: MediaFound | None = None
    named_by: str = ""  # the kind of identifier a name is asked for by; empty: messages say names
    name_lookup: NameLookup | None = None
    name_found: NameFound | None = None

    def length_of(self, text: str) -> Length:
        """How much of the limit a text fills."""
        return self.length(text) if self.length else Length(len(text), self.text_limit)


class UnknownChannel(LookupError):
    """There is no such channel; the text names those there are."""


_channels: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Make a channel known; a second one of the same kind is a mistake."""
    if _channels.setdefault(channel.kind, channel) is not channel:
        raise ValueError(f"there is already a channel {channel.kind}")


@functools.cache
def load() -> None:
    """Let every channel folder register itself."""
    package = __name__.rpartition(".")[0]
    for folder in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if folder.ispkg:
            importlib.import_module(f"{package}.{folder.name}.channel")


def kinds() -> tuple[str, ...]:
    """The kinds of all channels, in alphabetical order."""
    load()
    return tuple(sorted(_channels))


def one_way() -> list[str]:
    """The kinds of channels through which people write to us and nobody is answered."""
    return [kind for kind in kinds() if not _channels[kind].reachable_by]


def channel(kind: str) -> Channel:
    """The channel of that kind; raises UnknownChannel."""
    load()
    try:
        return _channels[kind]
    except KeyError:
        raise UnknownChannel(f"no channel {kind}; there are: {', '.join(kinds())}") from None

"""Searching what was written. Words are sealed, so they are opened in memory, one by one.

There is no index of them anywhere: what makes searching fast would tell whoever takes the disk what
women wrote. So a search has bounds, and says when it reached them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.finding import Piece, Wanted, excerpt
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message, MessageChange
from nyumbani.inbox.queries import messages, threads
from nyumbani.inbox.queries.joins import shown_alone
from nyumbani.inbox.terms import ChangeKind, Way
from nyumbani.kit.paging import page
from nyumbani.people import queries as people
from nyumbani.people.queries import Called
from nyumbani.vault import datakeys

MOST = 20_000
"""Messages of one conversation that are looked through, the newest ones."""
MOST_EACH = 1_000
"""... and of each, where many conversations are."""
MOST_AT_ONCE = 5_000
"""Messages looked through before one asks whether to go on."""
MOST_HITS = 100
_THREADS = 100  # conversations looked through at once, at most
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that holds the words."""

    message: Message
    pieces: list[Piece]
    is_former: bool = False  # she edited it since: so it read before

    @property
    def is_hers(self) -> bool:
        """Whether she wrote it."""
        return self.message.way == Way.IN


@dataclass(slots=True)
class Found:
    """What one conversation holds of the words, the newest first."""

    hits: list[Hit] = field(default_factory=list)
    looked: int = 0  # messages
    is_all: bool = True  # the oldest message was reached


@dataclass(slots=True)
class Across:
    """What the conversations hold that were looked through this time."""

    hits: list[tuple[Called, Hit]] = field(default_factory=list)
    threads: int = 0
    messages: int = 0
    cut_short: int = 0  # conversations longer than what is looked through of each
    total: int = 0  # conversations the viewer may read
    older: str | None = None  # where to go on


def find_in(viewer: Viewer, thread: Conversation, wanted: Wanted, most: int = MOST) -> Found:
    """Where the words stand in a conversation, its newest messages first."""
    found, cursor = Found(), None
    while wanted.words and viewer.may_read_cases:
        rows = page(
            messages(viewer, thread), by="sent_at", then="place", cursor=cursor,
            size=min(_CHUNK, most - found.looked),
        )  # fmt: skip
        datakeys.warm(one.seal_scope for one in rows.items)
        found.hits += _hits(rows.items, wanted)
        found.looked += len(rows.items)
        cursor = rows.older
        if cursor is None or found.looked >= most:
            break
    found.is_all = cursor is None
    return found


def find_across(viewer: Viewer, wanted: Wanted, cursor: str | None = None) -> Across:
    """Where the words stand in conversations the viewer may read, from the cursor on."""
    rows = threads(viewer).filter(shown_alone(viewer))
    found = Across(total=rows.count())
    here = page(rows, by="last_at", cursor=cursor, size=_THREADS)
    called = people.names_of(viewer, [thread.person for thread in here.items])
    for thread in here.items:
        inside = find_in(viewer, thread, wanted, MOST_EACH)
        found.hits += [(called[thread.person_id], hit) for hit in inside.hits]
        found.threads += 1
        found.messages += inside.looked
        found.cut_short += not inside.is_all
        if found.messages >= MOST_AT_ONCE or len(found.hits) >= MOST_HITS:
            break
    found.older = here.older
    if 0 < found.threads < len(here.items):  # stopped before the end of this page
        found.older = page(rows, by="last_at", cursor=cursor, size=found.threads).older
    return found


def _hits(rows: Sequence[Message], wanted: Wanted) -> list[Hit]:
    edits = _edits(rows)
    found = []
    for message in rows:
        texts = [str(message.text), *edits.get(message.provider_digest or "", ())]
        for number, text in enumerate(reversed(texts)):
            spans = wanted.spans(text)
            if spans:
                found.append(Hit(message, excerpt(text, spans), is_former=number > 0))
                break
    return found


def _edits(rows: Sequence[Message]) -> dict[str, list[str]]:
    """What became of the words of these messages, by their digest, the last words last."""
    digests = [one.provider_digest for one in rows if one.provider_digest]
    changes = MessageChange.objects.filter(target_digest__in=digests, kind=ChangeKind.EDIT)
    found: dict[str, list[str]] = {}
    for change in changes.order_by("at", "id"):
        found.setdefault(change.target_digest, []).append(str(change.text))
    return found

"""The inbox's list: who wrote, through what, how long they wait, how soon somebody must act."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.models import Case
from nyumbani.cases.queries import lists as cases
from nyumbani.domain.window import MARGIN, window_after
from nyumbani.inbox.channels import registry
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message, MessageChange
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.queries import threads
from nyumbani.inbox.terms import AttemptState, ChangeKind, Show, Way
from nyumbani.kit import clock
from nyumbani.people import queries as people
from nyumbani.people.models import Identifier
from nyumbani.people.queries import Called

STALE = dt.timedelta(minutes=10)
"""The list is shown anew at least this often: "waits 5 minutes" must not stand for hours."""

# What may be shown, masked, of somebody without a name: what people themselves would know.
_NUMBERS = ("msisdn", "wa_id", "username")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the inbox."""

    thread: Conversation
    called: Called
    number: str  # shown masked; empty where there is a name, or no number
    channels: tuple[str, ...]
    window_closes: dt.datetime | None  # until then free words may leave; None: closed, or never
    has_window: bool  # whether there is such a time at all on her channel
    case: Case | None  # the most urgent of hers that the viewer may open
    pairs: int  # how many others she may be
    state: AttemptState | None  # of what we last sent, where that is the newest
    change: MessageChange | None  # the newest message was edited or taken back

    @property
    def is_taken_back(self) -> bool:
        """Whether the newest message was taken back: its words are read in the thread alone."""
        return self.change is not None and self.change.kind == ChangeKind.DELETION

    @property
    def line(self) -> str:
        """The newest message as it stands now; a word of ours where it holds no text."""
        if self.change is not None and not self.is_taken_back:
            return str(self.change.text)[:160]
        return str(self.thread.last_line)

    @property
    def is_ours(self) -> bool:
        """Whether the newest message is from us."""
        return self.thread.last_way in {Way.OUT, Way.ECHO}


@dataclass(frozen=True, slots=True)
class _Recent:
    """Through which channel she last wrote, the state of what we last sent, the newest message."""

    channel: str = ""
    state: str = ""
    digest: str = ""


def shown(viewer: Viewer, show: Show) -> QuerySet[Conversation]:
    """The threads behind one chip of the inbox."""
    return threads(viewer).filter(_behind(viewer, show))


def tallies(viewer: Viewer) -> dict[Show, int]:
    """How many threads stand behind each chip; one query."""
    wanted = {show.value: Count("pk", filter=_behind(viewer, show)) for show in Show}
    found = threads(viewer).order_by().aggregate(**wanted)
    return {show: found[show.value] for show in Show}


def rows(viewer: Viewer, found: Sequence[Conversation]) -> list[Row]:
    """These threads as lines of the list; as many queries for fifty as for one."""
    who = [thread.person for thread in found]
    called = people.names_of(viewer, who)
    reach = people.reaches_of(viewer, called)
    urgent = cases.most_urgent(viewer, called)
    pairs = cases.pair_counts(viewer, called)
    recent = _recent(found)
    changes = _changes(one.digest for one in recent.values())
    nothing = _Recent()
    return [
        Row(
            thread, called[thread.person_id], _number(called[thread.person_id], reach),
            _channels(reach.get(thread.person_id, ())),
            _closes(thread, recent.get(thread.pk, nothing).channel),
            _has_window(recent.get(thread.pk, nothing).channel),
            urgent.get(thread.person_id), pairs.get(thread.person_id, 0),
            _state(thread, recent.get(thread.pk, nothing).state),
            changes.get(recent.get(thread.pk, nothing).digest),
        )
        for thread in found
    ]  # fmt: skip


def stamp(viewer: Viewer, show: Show, size: int) -> str:
    """A mark that changes when the first page of the list would look different."""
    found = list(shown(viewer, show).order_by("-last_at", "-pk")[:size])
    urgent = cases.most_urgent(viewer, [thread.person_id for thread in found])
    recent = _recent(found)
    changes = _changes(one.digest for one in recent.values())
    seen = [
        [
            (row.pk, row.last_at, row.came_at, row.waiting_since, row.owner_id, row.answered_at)
            for row in found
        ],
        sorted((pk, one.channel, one.state) for pk, one in recent.items()),
        sorted(change.pk for change in changes.values()),
        sorted((person, str(case.urgency)) for person, case in urgent.items()),
        tallies(viewer),
        int(clock.now().timestamp() // STALE.total_seconds()),
    ]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def _behind(viewer: Viewer, show: Show) -> Q:
    match show:
        case Show.MINE:
            return Q(owner=viewer.staff_id)
        case Show.UNASSIGNED:
            return Q(owner=None)
        case Show.WAITING:
            return Q(waiting_since__isnull=False)
        case Show.DANGER:
            return cases.people_in_danger(viewer, "person")
        case Show.ALL:
            return Q(pk__isnull=False)


def _recent(found: Sequence[Conversation]) -> dict[str, _Recent]:
    """The last thing that happened in each of these, read in one query."""
    heard = Message.objects.filter(conversation=OuterRef("pk"), way=Way.IN)
    told = Message.objects.filter(conversation=OuterRef("pk")).exclude(way=Way.NOTICE)
    sent = Attempt.objects.filter(message__conversation=OuterRef("pk"))
    newest = ("-sent_at", "-place", "-id")
    marked = Conversation.objects.filter(pk__in=[thread.pk for thread in found]).annotate(
        channel=Subquery(heard.order_by(*newest).values("account__channel")[:1]),
        state=Subquery(sent.order_by("-queued_at", "-id").values("state")[:1]),
        digest=Subquery(told.order_by(*newest).values("provider_digest")[:1]),
    )
    rows = marked.order_by().values_list("pk", "channel", "state", "digest")
    return {row[0]: _Recent(*(value or "" for value in row[1:])) for row in rows}


def _changes(digests: Iterable[str]) -> dict[str, MessageChange]:
    """What last became of each of these messages: an edit, or a taking back."""
    rows = MessageChange.objects.filter(
        target_digest__in=[one for one in digests if one],
        kind__in=[ChangeKind.EDIT, ChangeKind.DELETION],
    )
    found: dict[str, MessageChange] = {}
    for row in rows.order_by("at", "id"):
        known = found.get(row.target_digest)
        if known is None or known.kind != ChangeKind.DELETION:  # what is gone stays gone
            found[row.target_digest] = row
    return found


def _closes(thread: Conversation, channel: str) -> dt.datetime | None:
    if not channel:
        return None
    window = window_after(thread.heard_at, registry.channel(channel).window)
    # The margin is ours: what leaves in the last minutes would arrive outside.
    return window.closes_at - MARGIN if window.closes_at and window.is_open(clock.now()) else None


def _has_window(channel: str) -> bool:
    return not channel or registry.channel(channel).window is not None


def _state(thread: Conversation, state: str) -> AttemptState | None:
    return AttemptState(state) if state and thread.last_way == Way.OUT else None


def _number(called: Called, reach: dict[str, list[Identifier]]) -> str:
    if called.name:
        return ""
    known = {row.kind: row for row in reversed(reach.get(called.person_id, []))}
    return next((str(known[kind].value) for kind in _NUMBERS if kind in known), "")


def _channels(reach: Iterable[Identifier]) -> tuple[str, ...]:
    kinds = dict.fromkeys(row.space.partition(":")[0] for row in reach)
    return tuple(sorted(gettext(registry.channel(kind).label) for kind in kinds))

"""The inbox's list: who wrote, through what, how long they wait, how soon somebody must act."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.models.case import Case
from nyumbani.cases.queries import lists as cases
from nyumbani.cases.terms import Urgency
from nyumbani.domain.triage.terms import Mark
from nyumbani.domain.window import MARGIN, window_after
from nyumbani.inbox.channels import registry
from nyumbani.inbox.models.attention import Snooze
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.labels import Label
from nyumbani.inbox.models.messages import MessageChange
from nyumbani.inbox.queries import threads
from nyumbani.inbox.queries.attention import mentioning, snoozes_of
from nyumbani.inbox.queries.attribution import counts_elsewhere, writers_by_thread
from nyumbani.inbox.queries.conditions import alarmed, awake
from nyumbani.inbox.queries.joins import holding, mains_of, parts_of, rows_over, shown_alone
from nyumbani.inbox.queries.labels import labels_of
from nyumbani.inbox.queries.recent import Recent, changes_of, cover, recent_of
from nyumbani.inbox.terms import AttemptState, ChangeKind, Show, Way
from nyumbani.kit import clock
from nyumbani.people import queries as people
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.queries import Called

STALE = dt.timedelta(minutes=10)
"""The list is shown anew at least this often: "waits 5 minutes" must not stand for hours."""

# Rows as pages hold them: pages never import tables.
Queried: TypeAlias = Conversation

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
    labels: tuple[Label, ...] = ()
    laid_aside: Snooze | None = None  # until a time, or come back from it
    is_alarmed: bool = False  # her duress word came and nobody has settled it
    writers: tuple[Called, ...] = ()  # who else writes on this telephone
    elsewhere: int = 0  # how many messages of hers stand on telephones of others
    owners: tuple[Staff, ...] = ()  # who answers, in any of what is shown as one

    @property
    def is_in_danger(self) -> bool:
        """Whether somebody said "danger now" of a case of hers."""
        return self.case is not None and self.case.urgency == Urgency.NOW

    @property
    def is_back(self) -> bool:
        """Whether it was laid aside and its time has come."""
        return self.laid_aside is not None and self.laid_aside.until <= clock.now()

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
class Glance:
    """What a list and its mark both rest on, read once."""

    threads: Sequence[Conversation]
    recent: Mapping[str, Recent]
    urgent: Mapping[str, Case]
    changes: Mapping[str, MessageChange]
    labels: Mapping[str, Sequence[Label]]
    laid_aside: Mapping[str, Snooze]
    inside: Mapping[str, Sequence[Conversation]]  # what is joined to each and may be read


def shown(viewer: Viewer, show: Show) -> QuerySet[Conversation]:
    """The threads behind one chip of the inbox."""
    return threads(viewer).filter(shown_alone(viewer)).filter(behind(viewer, show))


def glance(viewer: Viewer, found: Sequence[Conversation]) -> Glance:
    """What a list of these threads rests on; as many queries for fifty as for one."""
    recent = recent_of(viewer, found)
    cover(viewer, found, recent)
    over = [pk for pk, one in recent.items() if one.has_others]
    inside = parts_of(viewer, over) if over else {}
    labelled = [thread for thread in found if recent[thread.pk].is_labelled]
    laid_aside = [thread for thread in found if recent[thread.pk].is_laid_aside]
    return Glance(
        found, recent, _urgent(viewer, found, inside),
        changes_of(viewer, [one.digest for one in recent.values() if one.is_changed]),
        labels_of(viewer, labelled, rows_over(viewer, labelled, inside)),
        snoozes_of(viewer, laid_aside, rows_over(viewer, laid_aside, inside)), inside,
    )  # fmt: skip


def rows(viewer: Viewer, found: Sequence[Conversation]) -> list[Row]:
    """These threads as lines of the list, in this order."""
    return rows_at(viewer, glance(viewer, found))


def rows_at(viewer: Viewer, seen: Glance) -> list[Row]:
    """What was seen as lines of the list."""
    called = people.names_of(viewer, [thread.person for thread in seen.threads])
    inside = seen.inside
    more = [one.person_id for rows in inside.values() for one in rows]
    reach = people.reaches_of(viewer, [*called, *more])
    # Most rows have none of these: only of those that have is anything asked.
    pairs = _asked(cases.pair_counts, viewer, seen, "is_questioned")
    shared = [one for one in seen.threads if seen.recent[one.pk].is_shared]
    writers = writers_by_thread(viewer, shared) if shared else {}
    elsewhere = _asked(counts_elsewhere, viewer, seen, "is_elsewhere")
    return [
        Row(
            thread, called[thread.person_id], _number(called[thread.person_id], reach),
            _channels(
                row
                for key in (thread.person_id, *(one.person_id for one in inside.get(thread.pk, ())))
                for row in reach.get(key, ())
            ),
            _closes(thread, seen.recent[thread.pk].channel),
            _has_window(seen.recent[thread.pk].channel),
            seen.urgent.get(thread.person_id), pairs.get(thread.person_id, 0),
            _state(thread, seen.recent[thread.pk].state),
            seen.changes.get(seen.recent[thread.pk].digest),
            labels=tuple(seen.labels.get(thread.pk, ())),
            laid_aside=seen.laid_aside.get(thread.pk),
            is_alarmed=seen.recent[thread.pk].is_alarmed,
            writers=tuple(writers.get(thread.pk, ())),
            elsewhere=elsewhere.get(thread.person_id, 0),
            owners=owners_of(viewer, (thread, *inside.get(thread.pk, ()))),
        )
        for thread in seen.threads
    ]  # fmt: skip


def gravest_first(viewer: Viewer, rows: Iterable[Row]) -> list[Row]:  # noqa: ARG001 - their own
    """An alarm first, then danger now, then the others; each among themselves as they stood."""
    last = len(Mark) + 1
    return sorted(
        rows, key=lambda row: (not row.is_alarmed, not row.is_in_danger, row.thread.mark or last)
    )


def stamp(viewer: Viewer, seen: Glance, counts: Mapping[Show, object]) -> str:
    """A mark that changes when what was seen would look different; opens nothing sealed."""
    told = [
        [
            (
                row.pk,
                row.last_at,
                row.came_at,
                row.waiting_since,
                row.owner_id,
                row.answered_at,
                row.mark,
            )
            for row in seen.threads
        ],
        sorted((pk, repr(one)) for pk, one in seen.recent.items()),
        sorted(change.pk for change in seen.changes.values()),
        sorted((person, str(case.urgency)) for person, case in seen.urgent.items()),
        sorted((pk, [one.pk for one in here]) for pk, here in seen.labels.items()),
        sorted((pk, one.pk, one.until) for pk, one in seen.laid_aside.items()),
        sorted((pk, [one.owner_id for one in rows]) for pk, rows in seen.inside.items()),
        [str(one) for one in counts.values()],
        int(clock.now().timestamp() // STALE.total_seconds()),
        viewer.staff_id,
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def behind(viewer: Viewer, show: Show) -> Q:
    """What stands behind one chip; what is laid aside is left out of the two one works from."""
    wanted = Q()
    match show:
        case Show.MINE:
            wanted = holding(viewer, Q(owner=viewer.staff_id)) & awake(viewer)
        case Show.UNASSIGNED:
            wanted = Q(owner=None) & ~Q(pk__in=mains_of(viewer, ~Q(owner=None)))
        case Show.WAITING:
            wanted = Q(waiting_since__isnull=False) & awake(viewer)
        case Show.DANGER:
            hers = cases.people_in_danger(viewer, "person")
            # Few, each found by its own index: as one condition it would be asked of every row.
            own = Conversation.objects.filter(hers).order_by().values("pk")
            woken = Conversation.objects.filter(alarmed(viewer)).order_by().values("pk")
            wanted = Q(pk__in=own.union(mains_of(viewer, hers), woken, all=True))
        case Show.URGENT:
            wanted = Q(mark__isnull=False, mark__lte=Mark.NOT_UNDERSTOOD)
        case Show.MENTIONS:
            wanted = Q(pk__in=mentioning(viewer))
        case Show.ALL:
            wanted = Q(pk__isnull=False)
    return wanted


def owners_of(viewer: Viewer, shown: Iterable[Conversation]) -> tuple[Staff, ...]:  # noqa: ARG001
    """Who answers in conversations that are shown as one; each colleague once."""
    return tuple(dict.fromkeys(one.owner for one in shown if one.owner is not None))


def _asked(
    count: Callable[[Viewer, list[str]], dict[str, int]], viewer: Viewer, seen: Glance, mark: str
) -> dict[str, int]:
    """A count for the people whose rows bear a mark."""
    keys = [one.person_id for one in seen.threads if getattr(seen.recent[one.pk], mark)]
    return count(viewer, keys) if keys else {}


def _urgent(
    viewer: Viewer, found: Sequence[Conversation], inside: Mapping[str, Sequence[Conversation]]
) -> dict[str, Case]:
    """The most urgent case of each of these and of what is joined to them, by the row's person."""
    rows = [(thread, (thread, *inside.get(thread.pk, ()))) for thread in found]
    keys = [one.person_id for _thread, here in rows for one in here]
    urgent = cases.most_urgent(viewer, keys)
    return {
        thread.person_id: cases.gravest(viewer, known)
        for thread, here in rows
        if (known := [urgent[one.person_id] for one in here if one.person_id in urgent])
    }


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

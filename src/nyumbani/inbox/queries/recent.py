"""What happened last in each of some conversations, and how it is marked: one query for all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from nyumbani.accounts.viewers import Viewer
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.attention import Snooze
from nyumbani.inbox.models.attribution import MessagePerson
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.labels import ConversationLabel
from nyumbani.inbox.models.messages import Message, MessageChange
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.permissions import threads_open_to
from nyumbani.inbox.terms import ChangeKind, Way
from nyumbani.people.models.pairs import Pair
from nyumbani.people.terms import PairStanding

_CHANGED = (ChangeKind.EDIT, ChangeKind.DELETION)
_TEXTS = ("channel", "state", "digest")
_MARKS = (
    "has_others", "is_alarmed", "is_labelled", "is_laid_aside", "is_elsewhere", "is_changed",
    "is_questioned", "is_shared",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recent:
    """Through which channel she last wrote, the state of what we last sent, the newest message."""

    channel: str = ""
    state: str = ""
    digest: str = ""
    has_others: bool = False  # other conversations are joined to it: all three are over all
    is_alarmed: bool = False
    is_labelled: bool = False
    is_laid_aside: bool = False  # or was, and has come back
    is_elsewhere: bool = False  # a message was said to be hers, maybe on another's telephone
    is_changed: bool = False  # the newest message was edited or taken back
    is_questioned: bool = False  # she may be one person with somebody
    is_shared: bool = False  # of some message somebody said who wrote it


def recent_of(viewer: Viewer, found: Sequence[Conversation]) -> dict[str, Recent]:
    """The last thing that happened in each of these, read in one query."""
    if not viewer.may_read_cases:
        return {}
    recent = {thread.pk: _recent(vars(thread)) for thread in found if _TEXTS[0] in vars(thread)}
    rest = [thread.pk for thread in found if thread.pk not in recent]
    if rest:
        recent |= _read(rest, _in_it)
    over = [pk for pk, one in recent.items() if one.has_others]
    # Asked again for these few alone: the wider condition is slower.
    return recent | _read(over, _shown_in_it(viewer)) if over else recent


def marked(
    viewer: Viewer,  # noqa: ARG001 - of conversations found for them
    rows: QuerySet[Conversation],
) -> QuerySet[Conversation]:
    """Conversations with what happened last in each, for `recent_of` to find."""
    return _marked(rows, _in_it)


def cover(viewer: Viewer, found: Sequence[Conversation], recent: Mapping[str, Recent]) -> None:
    """Where one of those joined may not be read, a row shows the newest words of the others.

    A main conversation keeps the last line of all that stand in it, whoever may read them.
    """
    over = [pk for pk, one in recent.items() if one.has_others]
    if not over:
        return
    closed = Conversation.objects.filter(~threads_open_to(viewer), joined_to__in=over)
    partly = set(closed.order_by().values_list("joined_to", flat=True))
    for thread in found:
        if thread.pk in partly:
            _show_what_is_read(viewer, thread)


def _show_what_is_read(viewer: Viewer, thread: Conversation) -> None:
    here = Q(conversation=thread.pk) | Q(conversation__joined_to=thread.pk)
    rows = Message.objects.filter(here, threads_open_to(viewer, "conversation__person"))
    newest = rows.exclude(way=Way.NOTICE).order_by("-sent_at", "-place", "-id").first()
    thread.last_line = (newest.text[:160] or newest.content) if newest else ""
    thread.last_way = Way(newest.way) if newest else Way.IN
    thread.last_content = newest.content if newest else ""


def _in_it(path: str) -> Q:
    return Q(**{path: OuterRef("pk")})


def _shown_in_it(viewer: Viewer) -> Callable[[str], Q]:
    """... and of those joined to it what the viewer may read."""

    def here(path: str) -> Q:
        joined = Q(**{f"{path}__joined_to": OuterRef("pk")})
        return _in_it(path) | (joined & threads_open_to(viewer, f"{path}__person"))

    return here


def _read(keys: Sequence[str], here: Callable[[str], Q]) -> dict[str, Recent]:
    rows = _marked(Conversation.objects.filter(pk__in=keys), here).order_by()
    return {row["pk"]: _recent(row) for row in rows.values("pk", *_TEXTS, *_MARKS)}


def _recent(row: Mapping[str, Any]) -> Recent:
    # What is empty keeps its default.
    return Recent(**{name: row[name] for name in (*_TEXTS, *_MARKS) if row[name]})


def _marked(rows: QuerySet[Conversation], here: Callable[[str], Q]) -> QuerySet[Conversation]:
    """... where `here` says what is a conversation's own, given the path to a conversation."""
    heard = Message.objects.filter(here("conversation"), way=Way.IN)
    told = Message.objects.filter(here("conversation")).exclude(way=Way.NOTICE)
    sent = Attempt.objects.filter(here("message__conversation"))
    newest = ("-sent_at", "-place", "-id")
    return rows.annotate(
        channel=Subquery(heard.order_by(*newest).values("account__channel")[:1]),
        state=Subquery(sent.order_by("-queued_at", "-id").values("state")[:1]),
        digest=Subquery(told.order_by(*newest).values("provider_digest")[:1]),
        has_others=Exists(Conversation.objects.filter(joined_to=OuterRef("pk")).order_by()),
        is_alarmed=Exists(Alarm.objects.filter(here("conversation"), settled_at=None).order_by()),
        is_labelled=Exists(ConversationLabel.objects.filter(here("conversation")).order_by()),
        is_elsewhere=Exists(
            MessagePerson.objects.filter(person=OuterRef("person"), undone_at=None).order_by()
        ),
        is_laid_aside=Exists(Snooze.objects.filter(here("conversation"), ended_at=None).order_by()),
        is_changed=Exists(
            MessageChange.objects.filter(target_digest=OuterRef("digest"), kind__in=_CHANGED)
            .exclude(target_digest="").order_by()
        ),
        is_questioned=Exists(
            Pair.objects.filter(
                Q(left=OuterRef("person")) | Q(right=OuterRef("person")),
                standing=PairStanding.OPEN,
            ).order_by()
        ),
        is_shared=Exists(
            MessagePerson.objects.filter(here("message__conversation"), undone_at=None).order_by()
        ),
    )  # fmt: skip


def changes_of(
    viewer: Viewer,  # noqa: ARG001 - of messages found for them
    digests: Iterable[str],
) -> dict[str, MessageChange]:
    """What last became of each of these messages: an edit, or a taking back."""
    known = [one for one in digests if one]
    if not known:
        return {}
    rows = MessageChange.objects.filter(
        target_digest__in=known,
        kind__in=_CHANGED,
    )
    found: dict[str, MessageChange] = {}
    for row in rows.order_by("at", "id"):
        before = found.get(row.target_digest)
        if before is None or before.kind != ChangeKind.DELETION:  # what is gone stays gone
            found[row.target_digest] = row
    return found

"""A thread as people read it: each message with all that happened to it, and notes among them."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, QuerySet, Subquery

from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.delivery import State, may_send_again
from nyumbani.inbox.models.conversations import Conversation, ConversationNote
from nyumbani.inbox.models.copies import ViewingCopy
from nyumbani.inbox.models.messages import Attachment, Message, MessageChange, MessageFact
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.queries.attribution import Whose, whose
from nyumbani.inbox.queries.fates import Fate, fates
from nyumbani.inbox.queries.joins import conversations_in
from nyumbani.inbox.queries.triage import Judged, judged
from nyumbani.inbox.terms import ChangeKind, Way
from nyumbani.vault import datakeys

LATE = dt.timedelta(minutes=1)
"""A message that took longer than this to reach us says so."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a thread: a message with what became of it, or a note between staff."""

    at: dt.datetime
    message: Message | None = None
    note: ConversationNote | None = None
    files: tuple[Attachment, ...] = ()
    edits: tuple[MessageChange, ...] = ()
    reaction: MessageChange | None = None
    taken_back: MessageChange | None = None
    quoted: Message | None = None
    quotes_gone: bool = False  # what it quotes was taken back
    attempt: Attempt | None = None
    fate: Fate | None = None  # of what was typed on our own phone
    facts: int = 0
    judged: Judged | None = None  # what the word lists suggest, and what who read it says
    whose: Whose | None = None  # who wrote it, if not whose telephone it is, and about whom

    @property
    def text(self) -> str:
        """The words as they stand now, after edits."""
        if self.edits:
            return str(self.edits[-1].text)
        return str(self.message.text) if self.message else ""

    @property
    def offered(self) -> str:
        """Her words to write down from; none where she took them back."""
        return "" if self.taken_back else self.text

    @property
    def former(self) -> list[str]:
        """The words as they stood before each edit, oldest first."""
        if not self.edits or self.message is None:
            return []
        return [str(self.message.text), *(str(edit.text) for edit in self.edits[:-1])]

    @property
    def place(self) -> dict[str, object]:
        """A location: name, address, latitude, longitude; empty if it is none."""
        found = self._data.get("location")
        return found if isinstance(found, dict) else {}

    @property
    def contacts(self) -> list[tuple[str, list[str]]]:
        """Contacts she passed on, name and numbers; whatever shape a platform gives them."""
        found = self._data.get("contacts")
        return [_contact(one) for one in found] if isinstance(found, list) else []

    @property
    def _data(self) -> dict[str, object]:
        found = self.message.data if self.message else {}
        return found if isinstance(found, dict) else {}

    @property
    def is_inbound(self) -> bool:
        """Whether she wrote it."""
        return self.message is not None and self.message.way == Way.IN

    @property
    def late(self) -> dt.timedelta | None:
        """How much later than it was sent it reached us; None where it came at once."""
        if self.message is None or self.message.way != Way.IN:
            return None
        gap = self.message.received_at - self.message.sent_at
        return gap if gap > LATE else None

    @property
    def sending(self) -> Attempt | Fate | None:
        """What became of sending it, wherever it was sent from."""
        return self.attempt or self.fate

    @property
    def may_send_again(self) -> bool:
        """Whether a person may ask for another attempt."""
        return self.attempt is not None and may_send_again(State(self.attempt.state))


@dataclass(slots=True)
class _Around:
    """What lies around a handful of messages, read in one query a kind."""

    attempts: dict[str, Attempt] = field(default_factory=dict)
    fates: dict[str, Fate] = field(default_factory=dict)
    changes: dict[str, list[MessageChange]] = field(default_factory=dict)
    files: dict[str, list[Attachment]] = field(default_factory=dict)
    quoted: dict[str, Message] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)  # digests of quoted messages that were taken back
    facts: dict[str, int] = field(default_factory=dict)
    judged: dict[str, Judged] = field(default_factory=dict)
    whose: dict[str, Whose] = field(default_factory=dict)


def told_once(viewer: Viewer, message: Message) -> Line | None:
    """One message with all that happened to it; None if the viewer may not read it."""
    return next(iter(told(viewer, [message])), None)


def told(viewer: Viewer, found: Sequence[Message]) -> list[Line]:
    """These messages with all that happened to them, oldest first."""
    if not viewer.may_read_cases or not found:
        return []
    datakeys.warm(message.seal_scope for message in found)
    around = _around(viewer, found)
    return [_line(message, around) for message in sorted(found, key=_order)]


def lines(
    viewer: Viewer, thread: Conversation, found: Sequence[Message], *, is_oldest: bool
) -> list[Line]:
    """A stretch of a thread, oldest first: messages and, among them, notes.

    `is_oldest` says that nothing lies before `found`: then notes from before its first message
    stand here too. A note stands in exactly one stretch.
    """
    if not viewer.may_read_cases:
        return []
    known = {one.pk: one for one in conversations_in(viewer, thread)}
    for message in found:
        if message.conversation_id in known:  # so that no line asks for its own
            message.conversation = known[message.conversation_id]
    here = list(known)
    rows = ConversationNote.objects.filter(conversation__in=here).select_related("written_by")
    notes = [Line(at=one.written_at, note=one) for one in _between(rows, found, here, is_oldest)]
    # Sorting keeps the order of what is of one moment: messages first, as they arrived.
    return sorted([*told(viewer, found), *notes], key=lambda line: line.at)


def stamp(
    viewer: Viewer,  # noqa: ARG001 - reads what was found
    shown: Iterable[Line],
    thread: Conversation | None = None,
) -> str:
    """A mark that changes when anything a thread shows has changed; opens nothing sealed.

    With `thread` it also changes when something late came in that stands further up.
    """
    came = thread.came_at if thread else None
    seen: list[object] = [came]
    seen += [
        (
            line.note.pk if line.note else line.message.pk if line.message else "",
            line.message.received_at if line.message else "",
            line.sending.state if line.sending else "", len(line.edits), line.facts,
            line.reaction.pk if line.reaction else "", line.taken_back is not None,
            repr(line.whose) if line.whose else "",
            [file.keeping for file in line.files], line.judged.stands if line.judged else 0,
        )
        for line in shown
    ]  # fmt: skip
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def _contact(given: object) -> tuple[str, list[str]]:
    card = given if isinstance(given, dict) else {}
    name, phones = card.get("name"), card.get("phones")
    names = name if isinstance(name, dict) else {"formatted_name": name}
    called = names.get("formatted_name") or names.get("first_name") or ""
    numbers = [
        str(phone.get("phone") or phone.get("wa_id") or "")
        for phone in (phones if isinstance(phones, list) else [])
        if isinstance(phone, dict)
    ]
    return str(called), [number for number in numbers if number]


def _between(
    rows: QuerySet[ConversationNote],
    found: Sequence[Message],
    here: Sequence[str],
    is_oldest: bool,  # noqa: FBT001
) -> QuerySet[ConversationNote]:
    if not found:
        return rows
    first, last = min(found, key=_order), max(found, key=_order)
    if not is_oldest:
        rows = rows.filter(written_at__gte=first.sent_at)
    rest = Message.objects.filter(_after(last), conversation__in=here)
    following = (
        rest.order_by("sent_at", "place", "pk").values_list("sent_at", flat=True).first()
    )  # fmt: skip
    return rows.filter(written_at__lt=following) if following else rows


def _order(message: Message) -> tuple[dt.datetime, str, str]:
    return message.sent_at, message.place, message.pk


def _after(last: Message) -> Q:
    """What stands after a message in its thread."""
    same = Q(sent_at=last.sent_at)
    further = Q(place__gt=last.place) | Q(place=last.place, pk__gt=last.pk)
    return Q(sent_at__gt=last.sent_at) | (same & further)


def _around(viewer: Viewer, found: Sequence[Message]) -> _Around:
    own = {one.pk: one for one in found}
    around = _Around(
        fates=fates(viewer, found), whose=whose(viewer, found), judged=judged(viewer, found)
    )
    for row in Attempt.objects.filter(message__in=own).order_by("queued_at", "id"):
        around.attempts[row.message_id] = row
    copies = ViewingCopy.objects.filter(file=OuterRef("pk"), of_sha256=OuterRef("sha256"))
    kept = Attachment.objects.filter(message__in=own)
    for file in kept.annotate(not_shown=Subquery(copies.values("why")[:1])):
        around.files.setdefault(file.message_id, []).append(file)
    for message_id in MessageFact.objects.filter(message__in=own).values_list("message", flat=True):
        around.facts[message_id] = around.facts.get(message_id, 0) + 1
    around.changes = _changes(found, around.attempts)
    answered = {one.answers_digest for one in found if one.answers_digest}
    around.quoted = _quoted(answered)
    around.gone = _gone(answered)
    return around


def _changes(
    found: Sequence[Message], attempts: dict[str, Attempt]
) -> dict[str, list[MessageChange]]:
    digests = {one.provider_digest: one.pk for one in found if one.provider_digest}
    digests |= {row.provider_digest: key for key, row in attempts.items() if row.provider_digest}
    changes: dict[str, list[MessageChange]] = {}
    for change in MessageChange.objects.filter(target_digest__in=digests).order_by("at", "id"):
        changes.setdefault(digests[change.target_digest], []).append(change)
    return changes


def _quoted(digests: set[str]) -> dict[str, Message]:
    if not digests:
        return {}
    ours = Attempt.objects.filter(provider_digest__in=digests).select_related("message")
    found = {row.provider_digest: row.message for row in ours if row.provider_digest}
    theirs = Message.objects.filter(provider_digest__in=digests)
    return found | {row.provider_digest: row for row in theirs if row.provider_digest}


def _gone(digests: set[str]) -> set[str]:
    if not digests:
        return set()
    back = MessageChange.objects.filter(target_digest__in=digests, kind=ChangeKind.DELETION)
    return set(back.values_list("target_digest", flat=True))


def _line(message: Message, around: _Around) -> Line:
    changes = around.changes.get(message.pk, [])
    by_kind = {kind: [change for change in changes if change.kind == kind] for kind in ChangeKind}
    reactions, back = by_kind[ChangeKind.REACTION], by_kind[ChangeKind.DELETION]
    quoted = around.quoted.get(message.answers_digest)
    return Line(
        at=message.sent_at,
        message=message,
        files=tuple(around.files.get(message.pk, ())),
        edits=tuple(by_kind[ChangeKind.EDIT]),
        reaction=reactions[-1] if reactions else None,
        taken_back=back[-1] if back else None,
        quoted=quoted if quoted and quoted.conversation_id == message.conversation_id else None,
        quotes_gone=message.answers_digest in around.gone,
        attempt=around.attempts.get(message.pk),
        fate=around.fates.get(message.pk),
        facts=around.facts.get(message.pk, 0),
        whose=around.whose.get(message.pk),
        judged=around.judged.get(message.pk),
    )

"""Reading the inbox: every read begins with who looks."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from nyumbani.accounts.viewers import Viewer
from nyumbani.domain.answers import Answer
from nyumbani.domain.delivery import State, may_send_again
from nyumbani.domain.replying import may_write_back
from nyumbani.inbox.actions.writing import line_to
from nyumbani.inbox.channels import registry
from nyumbani.inbox.models import (
    Attachment,
    Attempt,
    ChannelAccount,
    Conversation,
    ConversationNote,
    JournalEntry,
    Message,
    MessageChange,
    MessageFact,
    OddItem,
)
from nyumbani.inbox.permissions import threads_open_to
from nyumbani.inbox.terms import ChangeKind, Reading
from nyumbani.kit import clock
from nyumbani.vault import datakeys


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a thread: a message with all that happened to it, or a note between staff."""

    at: dt.datetime
    message: Message | None = None
    note: ConversationNote | None = None
    files: tuple[Attachment, ...] = ()
    edits: tuple[MessageChange, ...] = ()
    reactions: tuple[str, ...] = ()
    taken_back: MessageChange | None = None
    quoted: Message | None = None
    attempt: Attempt | None = None
    may_send_again: bool = False
    facts: int = 0

    @property
    def text(self) -> str:
        """The words as they stand now, after edits."""
        if self.edits:
            return str(self.edits[-1].text)
        return str(self.message.text) if self.message else ""


@dataclass(frozen=True, slots=True)
class Composer:
    """What the reply box says: through what, until when, or why not now."""

    channel: str
    account: str
    closes_at: dt.datetime | None
    limit: int
    may_write: Answer


def threads(viewer: Viewer) -> QuerySet[Conversation]:
    """The threads the viewer may read, newest first."""
    return Conversation.objects.filter(threads_open_to(viewer)).select_related("person", "owner")


def waiting_threads(viewer: Viewer) -> QuerySet[Conversation]:
    """Threads in which somebody waits for an answer, longest wait first."""
    return threads(viewer).exclude(waiting_since=None).order_by("waiting_since", "id")


def thread_with(viewer: Viewer, person_id: str) -> Conversation | None:
    """The thread with one person, if the viewer may read it."""
    return threads(viewer).filter(person=person_id).first()


def messages(viewer: Viewer, thread: Conversation) -> QuerySet[Message]:
    """A thread's messages, newest first."""
    return Message.objects.filter(
        conversation__in=threads(viewer).filter(pk=thread.pk)
    ).select_related("account", "written_by")


def lines(viewer: Viewer, thread: Conversation, found: Sequence[Message]) -> list[Line]:
    """A stretch of a thread as people read it, oldest first: messages and, among them, notes."""
    datakeys.warm([thread.seal_scope])
    told = _lines(found)
    if viewer.may_read_cases and found:
        first = min(message.sent_at for message in found)
        notes = ConversationNote.objects.filter(conversation=thread, written_at__gte=first)
        told += [Line(at=note.written_at, note=note) for note in notes.select_related("written_by")]
    elif viewer.may_read_cases:
        notes = ConversationNote.objects.filter(conversation=thread).select_related("written_by")
        told = [Line(at=note.written_at, note=note) for note in notes]
    return sorted(told, key=lambda line: line.at)


def message(viewer: Viewer, message_id: str) -> Message | None:
    """One message, if the viewer may read its thread."""
    return (
        Message.objects.filter(conversation__in=threads(viewer), pk=message_id)
        .select_related("conversation", "conversation__person")
        .first()
    )


def attempt(viewer: Viewer, attempt_id: str) -> Attempt | None:
    """One attempt to send, if the viewer may read its thread."""
    return (
        Attempt.objects.filter(message__conversation__in=threads(viewer), pk=attempt_id)
        .select_related("message", "message__conversation")
        .first()
    )


def file(viewer: Viewer, file_id: str) -> Attachment | None:
    """One attached file, if the viewer may read its thread."""
    return (
        Attachment.objects.filter(message__conversation__in=threads(viewer), pk=file_id)
        .select_related("message", "message__conversation")
        .first()
    )


def composer(viewer: Viewer, thread: Conversation, text: str = "x") -> Composer:
    """What the reply box of a thread says now; `text` is what is about to be sent."""
    line = line_to(thread)
    answer = may_write_back(line.draft(text), clock.now())
    if not viewer.may_send:
        answer = Answer.no("not_yours")
    channel = registry.get(line.account.channel).label if line.account else ""
    label = line.account.label if line.account else ""
    return Composer(channel, label, line.window.closes_at, line.limit, answer)


def sources_of(viewer: Viewer, facts: Iterable[str]) -> dict[str, Message]:
    """In which message each of these facts was said, where the viewer may read it."""
    rows = MessageFact.objects.filter(
        fact__in=list(facts), message__conversation__in=threads(viewer)
    ).select_related("message", "message__conversation", "message__account")
    return {row.fact_id: row.message for row in rows}


def accounts(viewer: Viewer) -> QuerySet[ChannelAccount]:
    """Our own numbers and pages, with their health."""
    found = ChannelAccount.objects.all()
    return found if viewer.may_see_system or viewer.may_read_inbox else found.none()


def odd_items(viewer: Viewer) -> QuerySet[OddItem]:
    """Items nobody could read or place and nobody has looked at yet."""
    found = OddItem.objects.filter(settled_at=None).select_related("journal")
    return found if viewer.may_read_inbox else found.none()


def journal_waiting(viewer: Viewer) -> int:
    """How many journalled bodies have not been read yet."""
    if not (viewer.may_see_system or viewer.may_read_inbox):
        return 0
    return JournalEntry.objects.filter(reading=Reading.WAITING).count()


def _lines(found: Sequence[Message]) -> list[Line]:
    own = {one.pk: one for one in found}
    attempts: dict[str, Attempt] = {}
    for row in Attempt.objects.filter(message__in=own).order_by("queued_at", "id"):
        attempts[row.message_id] = row
    digests = {one.provider_digest: one.pk for one in found if one.provider_digest}
    digests |= {row.provider_digest: key for key, row in attempts.items() if row.provider_digest}
    changes: dict[str, list[MessageChange]] = {}
    for change in MessageChange.objects.filter(target_digest__in=digests).order_by("at", "id"):
        changes.setdefault(digests[change.target_digest], []).append(change)
    files: dict[str, list[Attachment]] = {}
    for file_ in Attachment.objects.filter(message__in=own):
        files.setdefault(file_.message_id, []).append(file_)
    quoted = _quoted({one.answers_digest for one in found if one.answers_digest})
    facts = set(MessageFact.objects.filter(message__in=own).values_list("message_id", flat=True))
    return [
        _line(
            one, attempts.get(one.pk), changes.get(one.pk, []), files.get(one.pk, []),
            quoted.get(one.answers_digest), int(one.pk in facts),
        )
        for one in found
    ]  # fmt: skip


def _line(
    one: Message, attempt_: Attempt | None, changes: list[MessageChange],
    files: list[Attachment], quoted: Message | None, facts: int,
) -> Line:  # fmt: skip
    reactions = [change for change in changes if change.kind == ChangeKind.REACTION]
    back = [change for change in changes if change.kind == ChangeKind.DELETION]
    return Line(
        at=one.sent_at, message=one, files=tuple(files), quoted=quoted, attempt=attempt_,
        edits=tuple(change for change in changes if change.kind == ChangeKind.EDIT),
        reactions=(str(reactions[-1].text),) if reactions and reactions[-1].text else (),
        taken_back=back[-1] if back else None, facts=facts,
        may_send_again=attempt_ is not None and may_send_again(State(attempt_.state)),
    )  # fmt: skip


def _quoted(digests: set[str]) -> dict[str, Message]:
    if not digests:
        return {}
    ours = Attempt.objects.filter(provider_digest__in=digests).select_related("message")
    found = {row.provider_digest: row.message for row in ours if row.provider_digest}
    theirs = Message.objects.filter(Q(provider_digest__in=digests))
    return found | {row.provider_digest: row for row in theirs if row.provider_digest}

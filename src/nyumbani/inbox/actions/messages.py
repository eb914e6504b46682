"""Messages, echoes, notices and what changes them, written down under their sender's time."""

import datetime as dt
import json

from django.db.models import Exists, Min, OuterRef
from django.utils.translation import gettext_noop

from nyumbani.inbox.actions import alarms, reports, triage
from nyumbani.inbox.actions.identities import name_known, thread_of
from nyumbani.inbox.actions.page import CannotPlace, Page, digest_of
from nyumbani.inbox.channels.events import Content, InboundEvent, Kind
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Attachment, Message, MessageChange
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import FETCHING_TRIES, ChangeKind, Way
from nyumbani.inbox.together import shown_under
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import ids
from nyumbani.vault import index, terms

UNREAD = gettext_noop("could not be read")
OTHER_WORDS = gettext_noop("another message came under an id we know")
NOT_SAID_WHICH = gettext_noop("it does not say which message it changes")
_CHANGES = {
    Kind.EDIT: ChangeKind.EDIT,
    Kind.DELETION: ChangeKind.DELETION,
    Kind.REACTION: ChangeKind.REACTION,
}
_TOLD = {Way.OUT, Way.ECHO}
# What makes one message differ from another; what else comes beside it varies with the batch.
_SAID = ("location", "contacts", "choice", "order")


def take_message(event: InboundEvent, page: Page) -> None:
    """Somebody wrote to us."""
    _write_down(event, page, Way.IN)


def take_notice(event: InboundEvent, page: Page) -> None:
    """The platform tells us something about somebody, such as a phone that changed hands.

    An entry of our own phone's address book names somebody only if we know her already: staff's
    contacts are not people who asked for help. The journal keeps it all the same.
    """
    if event.data.get("system") == "address_book":
        name_known(event, page)
        return
    _write_down(event, page, Way.NOTICE)


def take_echo(event: InboundEvent, page: Page) -> None:
    """Staff wrote on the organisation's own phone; or it is our own message coming back."""
    digest = digest_of(event.channel, event.account, event.message_id)
    ours = Attempt.objects.filter(provider_digest=digest).first()
    if ours is None and event.callback:
        ours = Attempt.objects.filter(id=event.callback).first()
    if ours is not None:
        reports.confirm(ours, event, digest, page)
        return
    _write_down(event, page, Way.ECHO)


def take_change(event: InboundEvent, page: Page) -> None:
    """A message was edited, taken back or reacted to; the message itself may come later."""
    if not event.refers_to:
        raise CannotPlace(NOT_SAID_WHICH)
    account = page.account(event)
    digest = index.digest(f"change|{event.channel}|{event.account}", event.key)
    if MessageChange.objects.filter(key_digest=digest).exists():
        return
    scope = thread_of(event, page).seal_scope if event.identifiers else terms.HOUSE
    row = MessageChange(
        seal_scope=scope, account=account, kind=_CHANGES[event.kind], text=event.text,
        target_digest=digest_of(event.channel, event.account, event.refers_to), key_digest=digest,
        at=event.sent_at or page.entry.received_at, journal=page.entry,
    )  # fmt: skip
    row.save(force_insert=True)
    changed = Message.objects.filter(provider_digest=row.target_digest, way=Way.IN).first()
    if changed is not None:
        alarms.listen(thread=changed.conversation, message=changed, by=page.by)
        if not changed.is_past:
            _look_at(changed, page.thread(changed.conversation), page)


def is_by_her(event: InboundEvent) -> bool:
    """Whether an item is something she sent, rather than a notice or a report about her."""
    if event.kind not in {Kind.MESSAGE, Kind.NOT_UNDERSTOOD, *_CHANGES}:
        return False
    is_notice = "system" in event.data or bool(event.former)
    return bool(event.identifiers) and not (event.by_staff or event.is_report or is_notice)


def take_unread(event: InboundEvent, page: Page, item: dict[str, object], why: str) -> None:
    """What she sent could not be read: her thread says so, keeps it whole, and she waits."""
    # What bears an id we know stands beside it; what may yet be read takes the id's place.
    has_id = event.kind in {Kind.MESSAGE, Kind.NOT_UNDERSTOOD} and why != OTHER_WORDS
    message_id = (event.message_id if has_id else "") or event.key
    kept = Message(
        way=Way.IN, content=Content.UNKNOWN, text=event.text, data={"item": item},
        notes=[UNREAD, *(note for note in event.notes if note != UNREAD)],
    )  # fmt: skip
    digest = digest_of(event.channel, event.account, message_id)
    if not Message.objects.filter(provider_digest=digest).exists():
        _store(kept, event, page, message_id)


def move_on(
    thread: Conversation, way: Way, at: dt.datetime, received: dt.datetime | None = None
) -> None:
    """Keep what a thread says of itself: when she wrote, when we answered, since when she waits.

    `at` is when it was sent, `received` when it reached us (empty: at once). An answer answers what
    was sent before it and was here when it came: who wrote it cannot have read what came later. The
    message itself is stored already.
    """
    received = received or at
    if way == Way.IN:
        thread.heard_at = max(thread.heard_at or at, at)
        thread.came_at = max(thread.came_at or received, received)
        if not _is_answered(thread, at, received):
            thread.waiting_since = min(thread.waiting_since or at, at)
    elif way in _TOLD:
        thread.answered_at = max(thread.answered_at or at, at)
        thread.waiting_since = _unanswered_since(thread)
        thread.mark = triage.mark_of(thread)


def _is_answered(thread: Conversation, at: dt.datetime, received: dt.datetime) -> bool:
    if thread.answered_at is None or at > thread.answered_at:
        return False
    answers = Message.objects.filter(conversation__in=shown_under(thread), way__in=_TOLD)
    return answers.filter(sent_at__gte=at, received_at__gte=received).exists()


def _unanswered_since(thread: Conversation) -> dt.datetime | None:
    """When the oldest message was sent that nobody has answered; what was answered stays so."""
    if thread.waiting_since is None:
        return None
    here = shown_under(thread)
    answers = Message.objects.filter(
        conversation__in=here, way__in=_TOLD, sent_at__gte=OuterRef("sent_at"),
        received_at__gte=OuterRef("received_at"),
    )  # fmt: skip
    waiting = Message.objects.filter(
        ~Exists(answers), conversation__in=here, way=Way.IN, is_past=False,
        sent_at__gte=thread.waiting_since,
    )  # fmt: skip
    first: dt.datetime | None = waiting.aggregate(first=Min("sent_at"))["first"]
    return first


def _write_down(event: InboundEvent, page: Page, way: Way) -> None:
    page.account(event)  # none of ours: it is kept until that account is set up
    message_id = event.message_id or event.key
    found = Message(
        way=way, content=event.content, text=event.text, data=event.data, notes=list(event.notes)
    )
    digest = digest_of(event.channel, event.account, message_id)
    known = Message.objects.filter(provider_digest=digest).select_related("conversation").first()
    if known is None:
        _store(found, event, page, message_id)
    else:
        _meet_again(known, found, event, page)


def _store(message: Message, event: InboundEvent, page: Page, message_id: str) -> None:
    """Put a message that says only what it holds into its thread."""
    account = page.account(event)
    digest = digest_of(event.channel, event.account, message_id)
    thread = thread_of(event, page)
    at = event.sent_at or page.entry.received_at
    message.id = ids.derived(at, bytes.fromhex(digest))
    message.seal_scope, message.conversation, message.account = thread.seal_scope, thread, account
    message.provider_id, message.provider_digest = message_id, digest
    message.answers_digest, message.sent_at, message.place = _quoted(event), at, page.place
    message.received_at, message.journal = page.entry.received_at, page.entry
    message.is_past = event.past
    message.save(force_insert=True)
    _announce_files(event, message, page)
    _tell(thread, message, event, page)


def _tell(thread: Conversation, message: Message, event: InboundEvent, page: Page) -> None:
    """Let a thread know of a message that was stored."""
    for one in page.moved_by(thread):
        if not event.past:  # the phone's history is read, not waited for
            move_on(one, Way(message.way), message.sent_at, message.received_at)
        show_last(one, message)
        page.touched.add(one.person_id)
    if message.way == Way.IN and not event.past:
        alarms.listen(thread=thread, message=message, by=page.by)
        _look_at(message, thread, page)


def _look_at(message: Message, thread: Conversation, page: Page) -> None:
    """Let the word lists suggest how urgent a message is, and its thread show the gravest."""
    triage.judge(message)
    for one in page.moved_by(thread):
        one.mark = triage.mark_of(one)
        page.touched.add(one.person_id)


_FILLED = [
    "content", "text", "data", "notes", "answers_digest", "received_at", "journal",
]  # fmt: skip


def _meet_again(known: Message, found: Message, event: InboundEvent, page: Page) -> None:
    """An id comes a second time: nothing new, or the words a first webhook did not pass on."""
    if found.content == Content.UNKNOWN or _says(found) == _says(known):
        return
    thread = thread_of(event, page)
    if known.content != Content.UNKNOWN or known.way != found.way or known.conversation != thread:
        raise CannotPlace(OTHER_WORDS)
    known.content, known.text, known.data = found.content, found.text, found.data
    known.notes, known.answers_digest = found.notes, _quoted(event)
    # Since now it can be answered.
    known.received_at, known.journal = page.entry.received_at, page.entry
    known.save(update_fields=_FILLED)
    if not Attachment.objects.filter(message=known).exists():
        _announce_files(event, known, page)
    page.filled.add(page.number)
    _tell(thread, known, event, page)


def _says(message: Message) -> str:
    told = {name: message.data.get(name) for name in _SAID}
    return json.dumps(
        [message.way, message.content, message.text, told], default=str, sort_keys=True
    )


def show_last(thread: Conversation, message: Message) -> None:
    """Let the inbox's line show the newest message, whatever order they came in."""
    newest = (message.sent_at, message.place) >= (thread.last_at, thread.last_place)
    if message.way != Way.NOTICE and (thread.last_line == "" or newest):
        thread.last_at, thread.last_place = message.sent_at, message.place
        thread.last_way, thread.last_content = message.way, message.content
        thread.last_line = message.text[:160] or message.content


def _quoted(event: InboundEvent) -> str:
    return digest_of(event.channel, event.account, event.refers_to) if event.refers_to else ""


def _announce_files(event: InboundEvent, message: Message, page: Page) -> None:
    for position, media in enumerate(event.media):
        source = {"id": media.provider_id, "url": media.url, "name": media.filename}
        file = Attachment(
            seal_scope=message.seal_scope, message=message, position=position,
            content=media.content or Content.DOCUMENT, mime_type=media.mime_type[:100],
            source=source, announced_sha256=media.sha256[:64], size=media.size,
        )  # fmt: skip
        file.save(force_insert=True)
        enqueue(kind="inbox.fetch", data={"file": file.id}, by=page.by, max_attempts=FETCHING_TRIES)

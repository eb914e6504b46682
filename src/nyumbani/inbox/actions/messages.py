"""Messages, echoes, notices and what changes them, written down under their sender's time."""

import datetime as dt

from django.db.models import Min

from nyumbani.inbox.actions import reports
from nyumbani.inbox.actions.identities import name_known, thread_of
from nyumbani.inbox.actions.page import CannotPlace, Page, digest_of
from nyumbani.inbox.channels.events import Content, InboundEvent, Kind
from nyumbani.inbox.models import Attachment, Attempt, Conversation, Message, MessageChange
from nyumbani.inbox.terms import ChangeKind, Way
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import ids
from nyumbani.vault import index, terms

_CHANGES = {
    Kind.EDIT: ChangeKind.EDIT,
    Kind.DELETION: ChangeKind.DELETION,
    Kind.REACTION: ChangeKind.REACTION,
}


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
        raise CannotPlace("it does not say which message it changes")
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


def move_on(thread: Conversation, way: Way, at: dt.datetime) -> None:
    """Keep what a thread says of itself: when she wrote, when we answered, since when she waits."""
    if way == Way.IN:
        thread.heard_at = max(thread.heard_at or at, at)
        if thread.answered_at is None or at > thread.answered_at:
            thread.waiting_since = min(thread.waiting_since or at, at)
    elif way in {Way.OUT, Way.ECHO}:
        thread.answered_at = max(thread.answered_at or at, at)
        later = Message.objects.filter(
            conversation=thread, way=Way.IN, sent_at__gt=thread.answered_at
        )
        thread.waiting_since = later.aggregate(first=Min("sent_at"))["first"]


def _write_down(event: InboundEvent, page: Page, way: Way) -> None:
    account = page.account(event)
    message_id = event.message_id or event.key
    digest = digest_of(event.channel, event.account, message_id)
    if Message.objects.filter(provider_digest=digest).exists():
        return
    thread = thread_of(event, page)
    at = event.sent_at or page.entry.received_at
    message = Message(
        id=ids.derived(at, bytes.fromhex(digest)), seal_scope=thread.seal_scope,
        conversation=thread, account=account, way=way, content=event.content, text=event.text,
        data=event.data, notes=list(event.notes), provider_id=message_id, provider_digest=digest,
        answers_digest=_quoted(event), sent_at=at, received_at=page.entry.received_at,
        journal=page.entry,
    )  # fmt: skip
    message.save(force_insert=True)
    _announce_files(event, message, page)
    if not event.past:  # the phone's history is read, not waited for
        move_on(thread, way, at)
    show_last(thread, message)
    page.touched.add(thread.person_id)


def show_last(thread: Conversation, message: Message) -> None:
    """Let the inbox's line show the newest message, whatever order they came in."""
    if message.way != Way.NOTICE and (thread.last_line == "" or message.sent_at >= thread.last_at):
        thread.last_at, thread.last_way = message.sent_at, message.way
        thread.last_content = message.content
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
        enqueue(kind="inbox.fetch", data={"file": file.id}, by=page.by, max_attempts=30)

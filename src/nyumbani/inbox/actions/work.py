"""Assigning the inbox and talking about a thread among ourselves."""

from django.db import transaction

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.cases import actions as cases
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.facts import Fact
from nyumbani.cases.terms import Matter
from nyumbani.inbox.models.conversations import Conversation, ConversationNote
from nyumbani.inbox.models.journal import OddItem
from nyumbani.inbox.models.messages import Message, MessageFact
from nyumbani.kit import clock, ids
from nyumbani.people.models.persons import Person


@transaction.atomic
def assign(*, thread: Conversation, to: Staff | None, by: Actor) -> None:
    """Say whose thread it is to answer; nobody's when `to` is None."""
    owner = f"staff:{to.pk}" if to else "nobody"
    record(by=by, verb="thread.assigned", about=f"person:{thread.person_id}", owner=owner)
    thread.owner = to
    thread.save(update_fields=["owner"])


@transaction.atomic
def note(
    *, thread: Conversation, text: str, by: Actor, note_id: str | None = None
) -> ConversationNote:
    """Tell colleagues something beside a thread; it is never sent.

    A page that gives its own `note_id` may be sent twice and still writes one note; other words
    than before are another note.
    """
    text, note_id = text.strip(), note_id or ids.new()
    known = ConversationNote.objects.filter(pk=note_id).first()
    if known is not None and not _is_same(known, thread, text):
        known, note_id = None, ids.new()
    if known is not None:
        return known
    record(by=by, verb="thread.noted", about=f"person:{thread.person_id}", note=note_id)
    # Two clicks of one page waited for each other at the ledger.
    row, _ = ConversationNote.objects.get_or_create(
        id=note_id,
        defaults={
            "seal_scope": thread.seal_scope, "conversation": thread, "text": text,
            "written_at": clock.now(), "written_by_id": by.staff_id,
        },
    )  # fmt: skip
    return row


def _is_same(known: ConversationNote, thread: Conversation, text: str) -> bool:
    return known.conversation_id == thread.pk and known.text == text


@transaction.atomic
def point_to(*, fact: Fact, message: Message, by: Actor) -> None:
    """Write down in which message a fact was said."""
    if MessageFact.objects.filter(fact=fact, message=message).exists():
        return
    record(by=by, verb="fact.sourced", about=f"fact:{fact.id}", message=message.id)
    MessageFact.objects.get_or_create(fact=fact, message=message)


@transaction.atomic
def write_down_fact(
    *, message: Message, case: Case, matter: Matter, text: str, by: Actor,
    about: Person | None = None, fact_id: str | None = None,
) -> Fact:  # fmt: skip
    """Write down what a message says, as said by its writer, pointing to the message.

    A page that gives its own `fact_id` may be sent twice and still writes one fact.
    """
    fact = cases.write_fact(
        case=case, matter=matter, text=text, said_at=message.sent_at, about=about,
        said_by=message.conversation.person, fact_id=fact_id, by=by,
    )  # fmt: skip
    point_to(fact=fact, message=message, by=by)
    return fact


@transaction.atomic
def settle_odd(*, item: OddItem, by: Actor) -> None:
    """Say that somebody has looked at an item that was not understood; it stays in the journal.

    Who says it again is not heard twice.
    """
    if item.settled_at is not None:
        return
    record(by=by, verb="odd.settled", about=f"odd:{item.id}")
    now = clock.now()
    waiting = OddItem.objects.filter(pk=item.pk, settled_at=None)
    waiting.update(settled_at=now, settled_by_id=by.staff_id)

"""Sharing out the inbox and talking about a thread among ourselves."""

from django.db import transaction

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.cases import actions as cases
from nyumbani.cases.models import Case, Fact
from nyumbani.cases.terms import Matter
from nyumbani.inbox.models import Conversation, ConversationNote, Message, MessageFact, OddItem
from nyumbani.kit import clock
from nyumbani.people.models import Person


@transaction.atomic
def assign(*, thread: Conversation, to: Staff | None, by: Actor) -> None:
    """Say whose thread it is to answer; nobody's when `to` is None."""
    owner = f"staff:{to.pk}" if to else "nobody"
    record(by=by, verb="thread.assigned", about=f"person:{thread.person_id}", owner=owner)
    thread.owner = to
    thread.save(update_fields=["owner"])


@transaction.atomic
def note(*, thread: Conversation, text: str, by: Actor) -> ConversationNote:
    """Tell colleagues something beside a thread; it is never sent."""
    row = ConversationNote(
        seal_scope=thread.seal_scope, conversation=thread, text=text.strip(),
        written_at=clock.now(), written_by_id=by.staff_id,
    )  # fmt: skip
    row.save(force_insert=True)
    record(by=by, verb="thread.noted", about=f"person:{thread.person_id}", note=row.id)
    return row


@transaction.atomic
def point_to(*, fact: Fact, message: Message, by: Actor) -> None:
    """Write down in which message a fact was said."""
    MessageFact.objects.get_or_create(fact=fact, message=message)
    record(by=by, verb="fact.sourced", about=f"fact:{fact.id}", message=message.id)


@transaction.atomic
def write_down_fact(
    *, message: Message, case: Case, matter: Matter, text: str, by: Actor,
    about: Person | None = None,
) -> Fact:  # fmt: skip
    """Write down what a message says, as said by its writer, pointing to the message."""
    fact = cases.write_fact(
        case=case, matter=matter, text=text, said_at=message.sent_at, about=about,
        said_by=message.conversation.person, by=by,
    )  # fmt: skip
    point_to(fact=fact, message=message, by=by)
    return fact


@transaction.atomic
def settle_odd(*, item: OddItem, by: Actor) -> None:
    """Say that somebody has looked at an item that was not understood; it stays in the journal."""
    item.settled_at, item.settled_by_id = clock.now(), by.staff_id
    item.save(update_fields=["settled_at", "settled_by"])
    record(by=by, verb="odd.settled", about=f"odd:{item.id}")

"""Her duress word: whoever works on her case is told, and nothing is sent to her."""

from django.db import transaction

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.domain.safe_contact import says
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message, MessageChange
from nyumbani.inbox.terms import ChangeKind
from nyumbani.inbox.together import behind, together
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer
from nyumbani.people.agreed import agreed_with


@transaction.atomic
def listen(*, thread: Conversation, message: Message, by: Doer) -> None:
    """Hear whether she says her duress word; reading the same message again changes nothing."""
    if not _is_duress(thread, message):
        return
    if Alarm.objects.filter(message=message).exists():
        return
    record(by=by, verb="alarm.raised", about=f"person:{thread.person_id}", message=message.id)
    alarm = Alarm(
        seal_scope=thread.seal_scope, conversation=thread, message=message, raised_at=clock.now()
    )
    alarm.save(force_insert=True)


def _is_duress(thread: Conversation, message: Message) -> bool:
    """Whether it holds a duress word of hers, or of somebody who shares one of her telephones."""
    agreed = [agreed_with(person).duress_word for person in behind(together(thread))]
    words = [word for word in agreed if word]
    return bool(words) and any(says(word, text) for word in words for text in _words(message))


def _words(message: Message) -> list[str]:
    """What she wrote, and what she made of it afterwards."""
    edits = MessageChange.objects.filter(
        target_digest=message.provider_digest, kind=ChangeKind.EDIT
    )
    return [message.text, *(edit.text for edit in edits)]


@transaction.atomic
def settle(*, alarm: Alarm, how: str, by: Actor) -> None:
    """Somebody knows how she is and says what was done; she may be written to again."""
    record(
        by=by, verb="alarm.settled", about=f"person:{alarm.conversation.person_id}",
        message=alarm.message_id,
    )  # fmt: skip
    alarm = Alarm.objects.select_for_update().get(pk=alarm.pk)
    if alarm.settled_at is None:
        alarm.settled_at, alarm.settled_by_id = clock.now(), by.staff_id
        alarm.settled_how = how
        alarm.save(update_fields=["settled_at", "settled_by", "settled_how"])

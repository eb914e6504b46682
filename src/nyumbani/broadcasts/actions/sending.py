"""Words to many leave, one letter at a time through the inbox, and can be stopped."""

from collections.abc import Mapping

from django.db import transaction

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor, actor_for, viewer_for
from nyumbani.audit.actions import record
from nyumbani.broadcasts import queries
from nyumbani.broadcasts.guard import (
    fate_of_attempt,
    first_way,
    instead,
    newest_attempts,
    next_way,
    twice,
    would_go,
)
from nyumbani.broadcasts.models import Broadcast, BroadcastWords, Letter, Recipient
from nyumbani.broadcasts.terms import A_PART, State, Step
from nyumbani.cases.queries import may_override
from nyumbani.domain.answers import Answer
from nyumbani.domain.safe_words import kinds_of
from nyumbani.domain.to_many import Fate, is_unread, language_for
from nyumbani.inbox.actions.sending import withdraw
from nyumbani.inbox.actions.writing import NotWritten, WrittenAlready, write_as_one_of_many
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import Doer


class NotBegun(Exception):
    """Words to many were not sent; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.why)
        self.answer = answer


@transaction.atomic
def begin(*, broadcast: Broadcast, by: Actor, why: str = "") -> None:
    """Let words to many go. What has begun is not begun again, however often it is asked.

    Raises NotBegun where nobody is meant or words could betray somebody; `why` is why these may
    stand, given by somebody who may override the rules of everybody they go to.
    """
    record(by=by, verb="broadcast.begun", about=f"broadcast:{broadcast.pk}")
    row = Broadcast.objects.select_for_update().get(pk=broadcast.pk)
    if row.state != State.DRAFT:
        return
    row.kinds_let_stand = ".".join(_kinds_let_stand(row, by, why))
    if row.kinds_let_stand:
        row.let_stand_why = why
        record(
            by=by, verb="words.let_stand", about=f"broadcast:{row.pk}", kinds=row.kinds_let_stand
        )
    row.state, row.begun_at, row.begun_by_id = State.GOING, clock.now(), by.staff_id
    row.save(update_fields=["state", "begun_at", "begun_by", "kinds_let_stand", "let_stand_why"])
    enqueue(kind="broadcasts.send", data={"broadcast": row.pk}, by=by)


@transaction.atomic
def send_part(*, broadcast_id: str, by: Doer) -> bool:
    """Write to the next few; whether somebody is left. Nobody is written to twice.

    All of it is one transaction with the job's done-mark: a worker that dies has written to none
    of them, or to all.
    """
    record(by=by, verb="broadcast.part_sent", about=f"broadcast:{broadcast_id}")
    row = Broadcast.objects.select_for_update().get(pk=broadcast_id)
    if row.state != State.GOING or row.begun_by is None:
        return False
    sender = actor_for(row.begun_by)
    everybody = Recipient.objects.filter(broadcast=row).select_related("person", "conversation")
    doubled = twice(list(everybody.order_by("id")))
    pending = everybody.filter(step=Step.PENDING).order_by("id")
    words = {one.language: str(one.text) for one in BroadcastWords.objects.filter(broadcast=row)}
    for recipient in pending[:A_PART]:
        if recipient.pk in doubled:
            _refuse(recipient, Answer.no("twice"))
        else:
            _write_to(recipient, words, row, sender)
    if pending.exists():
        return True
    row.state = State.DONE
    row.save(update_fields=["state"])
    return False


@transaction.atomic
def stop(*, broadcast: Broadcast, by: Actor) -> int:
    """Stop words to many: what has not left does not leave. How many that were."""
    record(by=by, verb="broadcast.stopped", about=f"broadcast:{broadcast.pk}")
    row = Broadcast.objects.select_for_update().get(pk=broadcast.pk)
    if row.state not in {State.GOING, State.DONE}:
        return 0
    pending = Recipient.objects.filter(broadcast=row, step=Step.PENDING)
    kept_back = pending.update(step=Step.WITHDRAWN)
    written = Recipient.objects.filter(broadcast=row, step=Step.WRITTEN)
    attempts = [one for recipient in written for one in newest_attempts(recipient)]
    kept_back += sum(withdraw(attempt_id=one.pk, by=by) for one in attempts)
    row.state, row.stopped_at, row.stopped_by_id = State.STOPPED, clock.now(), by.staff_id
    row.save(update_fields=["state", "stopped_at", "stopped_by"])
    return kept_back


@transaction.atomic
def move_on(*, recipient: Recipient, by: Actor) -> Message:
    """Write the same words through her next channel, where the first way did not reach her.

    Raises NotWritten while there is still hope for the first, after a stop, or without another.
    """
    message_id = ids.new()
    record(
        by=by, verb="broadcast.moved_on", about=f"person:{recipient.person_id}",
        broadcast=recipient.broadcast_id, message=message_id,
    )  # fmt: skip
    row = Broadcast.objects.select_for_update().get(pk=recipient.broadcast_id)
    attempts, thread = newest_attempts(recipient), recipient.conversation
    if row.state == State.STOPPED or thread is None or not attempts:
        raise NotWritten(Answer.no("no_other_way"))
    last, now = attempts[-1], clock.now()
    fates = [fate_of_attempt(one, now) for one in attempts]
    is_late = is_unread(fates[-1], last.sent_at, now, row.patience) or fates[-1] is Fate.FAILED
    if Fate.READ in fates or not is_late:
        raise NotWritten(Answer.no("still_hope"))
    through = next_way(thread, [one.message.account_id for one in attempts])
    if through is None:
        raise NotWritten(Answer.no("no_other_way"))
    message = write_as_one_of_many(
        thread=thread, text=str(last.message.text), by=by, message_id=message_id, through=through
    )
    Letter.objects.create(recipient=recipient, number=len(attempts) + 1, message=message)
    return message


def _kinds_let_stand(row: Broadcast, by: Actor, why: str) -> tuple[str, ...]:
    """The kinds of words that could betray somebody; raises NotBegun unless they may stand."""
    viewer = viewer_for(Staff.objects.get(pk=by.staff_id))
    people, said = queries.recipients(viewer, row), queries.words_of(viewer, row)
    if not people:
        raise NotBegun(Answer.no("nobody"))
    if not said.get(row.fallback):
        raise NotBegun(Answer.no("no_fallback"))
    hits = [hit for found in queries.hits_in(viewer, row).values() for hit in found]
    if hits and not why.strip():
        raise NotBegun(Answer.no("words"))
    if hits and not all(may_override(viewer, one.person) for one in people):
        raise NotBegun(Answer.no("not_yours_to_let_stand"))
    return kinds_of(hits)


def _write_to(
    recipient: Recipient, words: Mapping[str, str], row: Broadcast, sender: Actor
) -> None:
    chosen = language_for(recipient.person.languages, words.keys(), row.fallback)
    recipient.language, recipient.language_why = chosen.language, chosen.why
    if recipient.conversation is None:
        _refuse(recipient, Answer.no("unreachable"))
        return
    try:
        message = _written(recipient, recipient.conversation, words[chosen.language], row, sender)
    except NotWritten as refusal:
        _refuse(recipient, refusal.answer)
        return
    except WrittenAlready:  # the recipient's id is the message's: it was written before
        message = Message.objects.get(pk=recipient.pk)
    Letter.objects.get_or_create(recipient=recipient, number=1, defaults={"message": message})
    recipient.step = Step.WRITTEN
    recipient.save(update_fields=["step", "language", "language_why"])


def _written(
    recipient: Recipient, thread: Conversation, text: str, row: Broadcast, sender: Actor
) -> Message:
    """The words; where the platform's day is over the template, if there is one she understands."""
    through, template = first_way(thread), None
    if would_go(thread, text, clock.now()).answer.why == "window_closed":
        template = instead(row, recipient.person)
    return write_as_one_of_many(
        thread=thread, text=text, by=sender, message_id=recipient.pk, through=through,
        template=template,
    )  # fmt: skip


def _refuse(recipient: Recipient, answer: Answer) -> None:
    recipient.step = Step.REFUSED
    recipient.outcome = {"why": answer.why, "told": list(answer.told)}
    recipient.save(update_fields=["step", "outcome", "language", "language_why"])

"""What word lists suggest about her messages, and what people who read them say instead."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Min
from django.db.models.functions import Coalesce

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.domain.languages import language_of
from nyumbani.domain.triage.proposing import Assessment, assess
from nyumbani.domain.triage.terms import Mark
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message, MessageChange
from nyumbani.inbox.models.triage import MessageTriage
from nyumbani.inbox.terms import ChangeKind, Way
from nyumbani.inbox.together import shown_under, together
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer

LAST = 5
"""So many of her last messages say in which language she writes: one word alone says little."""

_SHOWN = 20
"""Hits kept of a message: more than somebody reads."""


def judge(message: Message) -> None:
    """Keep what the lists suggest about a message of hers; an edit can only make it graver."""
    words = [text for text in _words(message) if text.strip()]
    if message.way != Way.IN or not words:
        return
    language = language_of([*_before(message), *words]).code
    judged = min((assess(text, language) for text in words), key=lambda one: one.mark)
    known = MessageTriage.objects.filter(message=message).first()
    if known is None:
        _write(
            MessageTriage(seal_scope=message.seal_scope, message=message),
            judged,
            language,
            is_new=True,
        )
    elif judged.mark <= known.mark:
        _write(known, judged, language)


def mark_of(thread: Conversation) -> int | None:
    """The gravest of what she wrote since we last answered; time alone never lowers it."""
    if thread.waiting_since is None:
        return None
    rows = MessageTriage.objects.filter(
        message__conversation__in=shown_under(thread), message__way=Way.IN,
        message__sent_at__gte=thread.waiting_since,
    )  # fmt: skip
    found: int | None = rows.aggregate(least=Min(Coalesce("own_mark", "mark")))["least"]
    return found


@transaction.atomic
def say_own(*, message: Message, mark: Mark, by: Actor) -> None:
    """Somebody has read it and says what it is; what the lists suggested stays beside it."""
    record(
        by=by, verb="message.judged", about=f"person:{message.conversation.person_id}",
        message=message.id, mark=int(mark),
    )  # fmt: skip
    judge(message)
    row = MessageTriage.objects.filter(message=message).first()
    if row is None:  # a picture, a voice: no words for the lists, but somebody heard it
        row = MessageTriage(seal_scope=message.seal_scope, message=message, mark=mark)
        row.judged_at = clock.now()
        row.save(force_insert=True)
    row.own_mark, row.own_by_id, row.own_at = mark, by.staff_id, clock.now()
    row.save(update_fields=["own_mark", "own_by", "own_at"])
    for thread in together(message.conversation):
        thread.mark = mark_of(thread)
        thread.save(update_fields=["mark"])


@transaction.atomic
def judge_stored(*, messages: Sequence[Message], by: Doer) -> int:
    """Judge messages that came before there were lists; how many of them there were."""
    record(by=by, verb="messages.judged", about="house", messages=len(messages))
    threads: dict[str, Conversation] = {}
    for message in messages:
        judge(message)
        threads |= {one.pk: one for one in together(message.conversation)}
    for thread in threads.values():
        thread.mark = mark_of(thread)
        thread.save(update_fields=["mark"])
    return len(messages)


def _write(row: MessageTriage, judged: Assessment, language: str, *, is_new: bool = False) -> None:
    row.mark, row.language, row.judged_at = judged.mark, language, clock.now()
    grave = sorted(judged.hits, key=lambda hit: (hit not in judged.because, hit.level, hit.start))
    row.hits = [
        {
            "words": hit.words, "language": hit.language, "category": hit.category.value,
            "level": hit.level.name, "counts": hit in judged.because,
        }
        for hit in grave[:_SHOWN]
    ]  # fmt: skip
    if is_new:
        row.save(force_insert=True)
    else:
        row.save(update_fields=["mark", "language", "hits", "judged_at"])


def _before(message: Message) -> list[str]:
    """Her last messages up to this one, oldest first."""
    rows = Message.objects.filter(
        conversation=message.conversation_id, way=Way.IN, sent_at__lte=message.sent_at
    ).exclude(pk=message.pk)
    return [str(row.text) for row in rows[: LAST - 1]][::-1]


def _words(message: Message) -> list[str]:
    """What she wrote, and what she made of it afterwards."""
    edits = MessageChange.objects.filter(
        target_digest=message.provider_digest, kind=ChangeKind.EDIT
    )
    return [str(message.text), *(str(edit.text) for edit in edits)]

"""Calling a colleague to a conversation, laying one aside, and having one open."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor, viewer_for
from nyumbani.audit.actions import record
from nyumbani.inbox.actions import work
from nyumbani.inbox.models.attention import Mention, Presence, Snooze
from nyumbani.inbox.models.conversations import Conversation, ConversationNote
from nyumbani.inbox.queries.attention import may_be_told
from nyumbani.inbox.terms import LONGEST_ASIDE
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer

_FORGOTTEN = dt.timedelta(hours=1)


class MayNotBeTold(Exception):
    """A colleague who may not read the conversation was to be told of it; `staff` is who."""

    def __init__(self, staff: Staff) -> None:
        super().__init__(staff.pk)
        self.staff = staff


@transaction.atomic
def note_and_tell(
    *, thread: Conversation, text: str, colleagues: Sequence[Staff], by: Actor,
    note_id: str | None = None,
) -> ConversationNote:  # fmt: skip
    """Write a note and tell those it names; raises MayNotBeTold, and then nothing is written."""
    row = work.note(thread=thread, text=text, note_id=note_id, by=by)
    mention(note=row, colleagues=colleagues, by=by)
    return row


@transaction.atomic
def mention(*, note: ConversationNote, colleagues: Iterable[Staff], by: Actor) -> None:
    """Tell colleagues that a note names them, each once.

    Raises MayNotBeTold, and tells nobody, where one of them may not read the conversation:
    a mention never opens anything.
    """
    known = set(Mention.objects.filter(note=note).values_list("staff", flat=True))
    told = {one.pk: one for one in colleagues if one.pk not in known | {by.staff_id}}
    if not told:
        return
    thread = note.conversation
    record(
        by=by, verb="thread.mentioned", about=f"person:{thread.person_id}", note=note.pk,
        colleagues=len(told),
    )  # fmt: skip
    for one in told.values():
        if not may_be_told(viewer_for(one), thread):
            raise MayNotBeTold(one)
    for key in told:
        Mention.objects.get_or_create(note=note, staff_id=key, defaults={"at": clock.now()})


@transaction.atomic
def see(*, mentions: Sequence[Mention], by: Actor) -> None:
    """The colleague has read the notes that name them."""
    if not mentions:
        return
    about = f"person:{mentions[0].note.conversation.person_id}"
    record(by=by, verb="mention.seen", about=about, count=len(mentions))
    keys = [one.pk for one in mentions]
    Mention.objects.filter(pk__in=keys, seen_at=None).update(seen_at=clock.now())


@transaction.atomic
def lay_aside(*, thread: Conversation, until: dt.datetime, by: Actor) -> Snooze:
    """Lay a conversation aside until a time: it comes back then, or at once when she writes."""
    now = clock.now()
    if not now < until <= now + LONGEST_ASIDE:
        raise ValueError("a conversation is laid aside until a time within a month")
    record(
        by=by, verb="thread.laid_aside", about=f"person:{thread.person_id}",
        until=int(until.timestamp()),
    )  # fmt: skip
    _end(thread, by)
    return Snooze.objects.create(conversation=thread, at=now, by_id=by.staff_id, until=until)


@transaction.atomic
def take_back(*, thread: Conversation, by: Actor) -> None:
    """A conversation is not laid aside any more, or need not stand on top any longer."""
    record(by=by, verb="thread.taken_back", about=f"person:{thread.person_id}")
    _end(thread, by)


def be_here(*, thread: Conversation, by: Actor, is_writing: bool) -> None:
    """Say that somebody has a conversation open. No line of the ledger: reading it wrote one."""
    now = clock.now()
    row = Presence(
        conversation=thread, staff_id=by.staff_id, seen_at=now,
        writes_at=now if is_writing else None,
    )  # fmt: skip
    Presence.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["conversation", "staff"],
        update_fields=["seen_at", "writes_at"],
    )  # fmt: skip


@transaction.atomic
def forget_presences(*, by: Doer) -> int:
    """Forget who had which conversation open: the ledger alone keeps who read what."""
    old = Presence.objects.filter(seen_at__lt=clock.now() - _FORGOTTEN)
    keys = list(old.values_list("pk", flat=True)[:500])
    if keys:
        record(by=by, verb="presences.forgotten", about="house", count=len(keys))
        Presence.objects.filter(pk__in=keys).delete()
    return len(keys)


def _end(thread: Conversation, by: Actor) -> None:
    standing = Snooze.objects.filter(conversation=thread, ended_at=None)
    standing.update(ended_at=clock.now(), ended_by_id=by.staff_id)

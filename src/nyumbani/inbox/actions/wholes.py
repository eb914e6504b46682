"""What staff do to conversations that are shown as one: it is done to each in which they may write.

Each keeps its own, so that after undoing every one stands as it was left. What a colleague does to
a part they may not write in stays undone: that part is others' to lay aside or to share out.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from nyumbani.accounts.models import Staff
from nyumbani.accounts.viewers import Actor, viewer_for
from nyumbani.inbox.actions import attention, labels, work
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.labels import ConversationLabel, Label
from nyumbani.inbox.queries.attention import may_be_told
from nyumbani.inbox.queries.joins import theirs


@transaction.atomic
def assign_all(*, thread: Conversation, to: Staff | None, by: Actor) -> None:
    """Say who answers her; in a part this colleague may not read, who answered goes on."""
    for one in _each(thread, by):
        if one.pk == thread.pk or to is None or may_be_told(viewer_for(to), one):
            work.assign(thread=one, to=to, by=by)


@transaction.atomic
def lay_all_aside(*, thread: Conversation, until: dt.datetime, by: Actor) -> None:
    """Lay all of it aside until a time."""
    for one in _each(thread, by):
        attention.lay_aside(thread=one, until=until, by=by)


@transaction.atomic
def take_all_back(*, thread: Conversation, by: Actor) -> None:
    """Nothing of it is laid aside any more."""
    for one in _each(thread, by):
        attention.take_back(thread=one, by=by)


@transaction.atomic
def take_off_all(*, label: Label, thread: Conversation, by: Actor) -> None:
    """Take a label off, on whichever of them it stands."""
    here = {one.pk: one for one in _each(thread, by)}
    on = ConversationLabel.objects.filter(label=label, conversation__in=list(here))
    for key in sorted(on.values_list("conversation", flat=True)):
        labels.take_off(label=label, thread=here[key], by=by)


def _each(thread: Conversation, by: Actor) -> Iterable[Conversation]:
    """The conversation itself, as it was shown, and what is shown as one with it."""
    found = theirs(viewer_for(Staff.objects.get(pk=by.staff_id)), thread)
    return [thread, *(one for one in found if one.pk != thread.pk)]

"""Conversations that staff joined because they are one woman's: which belong together."""

from collections.abc import Sequence

from django.db.models import Q

from nyumbani.inbox.models.attribution import MessagePerson
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.terms import Share


def main_of(thread: Conversation) -> Conversation:
    """The conversation this one is shown in: its own, unless it is joined to another."""
    if thread.joined_to_id is None:
        return thread
    return Conversation.objects.select_related("person").get(pk=thread.joined_to_id)


def together(thread: Conversation) -> list[Conversation]:
    """All conversations that are shown as one with this one, itself among them; the main first."""
    main = thread.joined_to_id or thread.pk
    rows = Conversation.objects.filter(Q(pk=main) | Q(joined_to=main)).select_related("person")
    return sorted(rows.order_by(), key=lambda row: (row.pk != main, row.pk))


def behind(hers: Sequence[Conversation]) -> list[str]:
    """The ids of everybody who reads what is written there: whose it is, and who shares the phone.

    Staff said so of a message, and have not taken it back.
    """
    shares = MessagePerson.objects.filter(
        message__conversation__in=hers, share=Share.WRITER, undone_at=None
    )
    others = shares.order_by().values_list("person", flat=True).distinct()
    return list(dict.fromkeys([*(one.person_id for one in hers), *sorted(others)]))


def shown_under(thread: Conversation) -> list[str]:
    """The ids of the conversations whose messages stand in this one; a joined one has its own."""
    if thread.joined_to_id is not None:
        return [thread.pk]
    joined = Conversation.objects.filter(joined_to=thread.pk).order_by()
    return [thread.pk, *sorted(joined.values_list("pk", flat=True))]

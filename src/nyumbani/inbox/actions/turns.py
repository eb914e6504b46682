"""Whose turn it is: the platforms' limits, kept over all workers by the rows they write.

Whoever asks here has the ledger's turn, so no two workers are given the same place.
"""

import datetime as dt

from django.db.models import Max, QuerySet

from nyumbani.inbox.channels import registry
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.sending import Attempt

SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)


def turn_of(attempt: Attempt, account: ChannelAccount, now: dt.datetime) -> dt.datetime:
    """When an attempt may leave: some time after the last to her, and not too many a second.

    It keeps the place it was given; one whose place is long past is given another, so that what
    waited together does not leave together.
    """
    if attempt.turn_at is not None and attempt.turn_at > now - SECOND:
        return attempt.turn_at
    known = registry.channel(account.channel)
    others = Attempt.objects.filter(message__account=account).exclude(pk=attempt.pk)
    turn = _after_the_last_to_her(attempt, others, known.pace, now)
    rate = known.rate.when(is_shared=account.is_shared) if known.rate else 0
    return _when_there_is_room(others, rate, turn) if rate else turn


def room_for_her(attempt: Attempt, account: ChannelAccount, now: dt.datetime) -> dt.datetime | None:
    """Until when the platform's limit of people a day holds her message back; None: there is room.

    It counts people first written to outside their windows, over all our accounts of the channel:
    how they belong together is the platform's affair, and too few is safer than too many.
    """
    if account.people_a_day is None or not registry.channel(account.channel).counts_people:
        return None
    rows = (
        Attempt.objects.filter(
            is_outside=True, started_at__gt=now - DAY, message__account__channel=account.channel
        )
        .exclude(pk=attempt.pk)
        .values("message__conversation")
        .annotate(last=Max("started_at"))
        .order_by("last")
    )
    people: dict[str, dt.datetime] = {row["message__conversation"]: row["last"] for row in rows}
    if attempt.message.conversation_id in people or len(people) < account.people_a_day:
        return None
    return list(people.values())[len(people) - max(account.people_a_day, 1)] + DAY


def _after_the_last_to_her(
    attempt: Attempt, others: QuerySet[Attempt], pace: dt.timedelta, now: dt.datetime
) -> dt.datetime:
    last = others.filter(
        message__conversation=attempt.message.conversation_id, turn_at__gt=now - pace
    ).aggregate(last=Max("turn_at"))["last"]
    return max(now, last + pace) if pace and last else now


def _when_there_is_room(
    others: QuerySet[Attempt], rate: int, turn: dt.datetime
) -> dt.datetime:  # fmt: skip
    """The first moment, from this one on, before which fewer than `rate` left within a second."""
    while True:
        before = others.filter(turn_at__gt=turn - SECOND, turn_at__lte=turn).order_by("-turn_at")
        taken = next(iter(before[rate - 1 : rate]), None)
        if taken is None or taken.turn_at is None:
            return turn
        turn = taken.turn_at + SECOND

"""Staff in a flood: each person who has written is answered once, and nobody waits for the clock.

A flood takes minutes and the house rests for minutes, so its rests are cut short. What it does when
they are over is its own.
"""

from django.db import transaction

from nyumbani.accounts.viewers import Actor
from nyumbani.drill.flood.crowd import Crowd
from nyumbani.inbox.actions.writing import write_back
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.terms import Way
from nyumbani.jobs.models import Job
from nyumbani.jobs.terms import State
from nyumbani.kit import clock

_AT_ONCE = ("inbox.send", "inbox.poll")


def write_to_whoever_wrote(
    crowd: Crowd, accounts: tuple[str, ...], written: set[int], *, by: Actor
) -> None:
    """Write our letter to those who have come in and are not among `written`; then they are."""
    said = crowd.said
    rows = Message.objects.filter(account__in=accounts, way=Way.IN).select_related("conversation")
    for row in rows:
        who = said.get(row.text)
        if who is None or who in written:
            continue
        write_back(thread=row.conversation, text=crowd.people[who].letter.text, by=by)
        written.add(who)


@transaction.atomic
def hasten() -> int:
    """Let what rests or is planned be done now; answers how many jobs that were."""
    waiting = Job.objects.filter(state=State.WAITING, kind__in=_AT_ONCE)
    return waiting.exclude(not_before=None).update(
        not_before=clock.now(), rest_until=clock.real_now()
    )

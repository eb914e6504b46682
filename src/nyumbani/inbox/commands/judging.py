"""`nyumbani inbox triage --stored`: suggestions for messages that came before the lists."""

from nyumbani.inbox.actions.triage import judge_stored
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.triage import MessageTriage
from nyumbani.inbox.terms import Way
from nyumbani.kit.console import GOOD, say, say_json, some
from nyumbani.kit.doer import System

OPERATOR = System("operator")
BATCH = 200  # messages in one transaction: it may be broken off and begun again


def judge_all(*, json: bool = False) -> int:
    """Judge whatever of hers has words and no suggestion yet, oldest first."""
    last, count = "", 0
    while True:
        known = MessageTriage.objects.values("message")
        rows = Message.objects.filter(way=Way.IN, id__gt=last).exclude(pk__in=known)
        batch = list(rows.select_related("conversation").order_by("id")[:BATCH])
        if not batch:
            break
        count += judge_stored(messages=batch, by=OPERATOR)
        last = batch[-1].pk
    if json:
        say_json({"messages": count})
    else:
        say(f"{some(count, 'message')} looked at.")
    return GOOD

"""Asking a platform for messages whose webhook never came; what it answers goes into the journal.

Only some platforms can be asked. Those that redeliver until they are answered need not be.
"""

import datetime as dt
from typing import assert_never

import structlog
from django.db import transaction

from nyumbani.inbox import platforms
from nyumbani.inbox.actions import doors
from nyumbani.inbox.actions.journal import write_down
from nyumbani.inbox.channels.outgoing import Missed, Refused, Unclear
from nyumbani.inbox.channels.registry import Recovery, channel
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.jobs.registry import Running
from nyumbani.kit import clock, http
from nyumbani.kit.doer import System

log = structlog.get_logger("nyumbani.inbox")

POLLER = System("poller")
MOST_AT_ONCE = 50  # answers a turn; what is left then is asked for at the next


def poll(job: Running) -> None:
    """Ask for one account, and plan the next time together with the done-mark.

    Nothing that goes wrong outside ends it: it comes again. An account that is stopped is asked
    for again when somebody connects it anew.
    """
    account = ChannelAccount.objects.filter(pk=job.text("account")).first()
    recovery = channel(account.channel).recovery if account else None
    if account is None or recovery is None or account.stopped_at is not None:
        return
    after = _ask(account, recovery, job)
    if after is None:
        return
    with transaction.atomic():
        job.done()  # first, so that its key is free for the successor
        doors.plan_poll(account=account, at=clock.now() + after, by=POLLER)


def _ask(account: ChannelAccount, recovery: Recovery, job: Running) -> dt.timedelta | None:
    """Ask until there is nothing new; returns how long to wait before the next time.

    None when the platform refuses our credentials: the account is stopped, and people are told.
    """
    for _answer in range(MOST_AT_ONCE):
        found = _answered(account, recovery)
        match found:
            case Unclear():
                log.warning("poll.unanswered", channel=account.channel)
                return recovery.every
            case Refused():
                log.warning("poll.refused", channel=account.channel, code=found.code)
                if found.stops_channel:
                    doors.stop(account=account, why=found.meaning, by=POLLER)
                    return None
                return max(recovery.every, found.retry_after or recovery.every)
            case Missed():
                if found.count == 0 or found.up_to in {"", account.polled_to}:
                    return recovery.every
                doors.polled(account=account, up_to=found.up_to, by=POLLER)
            case _:
                assert_never(found)
        job.heartbeat()
    return recovery.every


def _answered(account: ChannelAccount, recovery: Recovery) -> Missed | Refused | Unclear:
    """One answer; where it holds messages it is in the journal before anybody counts on it."""
    request = recovery.ask(account=account.account, since=account.polled_to)
    try:
        answer = platforms.ask(channel(account.channel), account, request)
    except http.Trouble:
        return Unclear("no answer")
    found = recovery.found(answer.status, answer.body)
    if isinstance(found, Missed) and found.count:
        write_down(channel=account.channel, account=account.account, body=answer.body, by=POLLER)
    return found

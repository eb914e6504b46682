"""Asking a platform for messages whose webhook never came; what it answers goes into the journal.

Only some platforms can be asked. Those that redeliver until they are answered need not be.
"""

import datetime as dt
from typing import assert_never

import structlog
from django.db import transaction
from django.utils.translation import gettext_noop

from nyumbani.inbox import platforms
from nyumbani.inbox.actions import doors
from nyumbani.inbox.actions.journal import write_down
from nyumbani.inbox.channels.outgoing import Missed, Refused, Unclear
from nyumbani.inbox.channels.registry import PostOffice, Recovery, channel
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.jobs.registry import Running
from nyumbani.kit import clock, http, mailbox
from nyumbani.kit.doer import System

log = structlog.get_logger("nyumbani.inbox")

POLLER = System("poller")
MOST_AT_ONCE = 50  # answers a turn; what is left then is asked for at the next
MOST_LETTERS = 200
_SOON = dt.timedelta(seconds=1)
_NO_ANSWER = gettext_noop("the platform did not answer")
_NOT_REACHED = gettext_noop("the mail server could not be reached")
_NO_ENTRY = gettext_noop("the mail server does not take name and password")


def poll(job: Running) -> None:
    """Ask for one account, and plan the next time together with the done-mark.

    Nothing that goes wrong outside ends it: it comes again. An account that is stopped is asked
    for again when somebody connects it anew.
    """
    account = ChannelAccount.objects.filter(pk=job.text("account")).first()
    if account is None or account.stopped_at is not None:
        return
    known = channel(account.channel)
    if known.post is not None:
        after = _look_into(account, known.post, job)
    elif known.recovery is not None:
        after = _ask(account, known.recovery, job)
    else:
        return
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
                doors.note_answer(account=account, why_not=_NO_ANSWER, by=POLLER)
                return recovery.every
            case Refused():
                log.warning("poll.refused", channel=account.channel, code=found.code)
                doors.note_answer(account=account, why_not=found.meaning, by=POLLER)
                if found.stops_channel:
                    doors.stop(account=account, why=found.meaning, by=POLLER)
                    return None
                return max(recovery.every, found.retry_after or recovery.every)
            case Missed():
                doors.note_answer(account=account, by=POLLER)
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


def _look_into(account: ChannelAccount, post: PostOffice, job: Running) -> dt.timedelta | None:
    """Take what is new out of a box: each letter is in the journal before the next is fetched.

    Returns how long to wait before the next time; None when the server refuses our credentials.
    """
    try:
        for number, letter in enumerate(platforms.collect(post, account), start=1):
            write_down(channel=account.channel, account=account.account, body=letter.raw, by=POLLER)
            doors.polled(account=account, up_to=letter.mark, by=POLLER)
            job.heartbeat()
            if number == MOST_LETTERS:
                return _SOON
    except mailbox.NoEntry:
        log.warning("poll.refused", channel=account.channel)
        doors.note_answer(account=account, why_not=_NO_ENTRY, by=POLLER)
        doors.stop(account=account, why=_NO_ENTRY, by=POLLER)
        return None
    except http.Trouble as trouble:
        log.warning("poll.unanswered", channel=account.channel)
        why = str(trouble) if isinstance(trouble, http.Refused) else _NOT_REACHED
        doors.note_answer(account=account, why_not=why, by=POLLER)
        return post.every
    doors.note_answer(account=account, by=POLLER)
    return post.every

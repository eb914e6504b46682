"""Sending one attempt: what happened is written down before anything else is tried."""

import datetime as dt
import secrets
from typing import assert_never

from django.db.models import Max
from django.utils.translation import gettext_noop

from nyumbani.inbox import platforms
from nyumbani.inbox.actions import doors, sending
from nyumbani.inbox.actions.sending import Letter
from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.outgoing import Accepted, CannotSend, Refused, Unclear
from nyumbani.inbox.channels.registry import channel
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import LONGEST_REST_OF_A_LETTER, SENDING_TRIES, AttemptState
from nyumbani.jobs.terms import TryAgain, rest
from nyumbani.kit import clock, http
from nyumbani.kit.doer import System

OUTBOX = System("outbox")
_NO_CONNECTION = gettext_noop("no connection")
_NO_ANSWER = gettext_noop("the platform did not answer")
_AT_ONCE = dt.timedelta()
_chance = secrets.SystemRandom().random


def send(attempt_id: str, tries: int) -> None:
    """Send an attempt; raises TryAgain when nothing left the house and later may go better.

    `tries` counts from 1. The last try ends the attempt: nothing waits without anybody knowing.
    """
    _keep_pace(attempt_id)
    letter = sending.begin(attempt_id=attempt_id, by=OUTBOX)
    if letter is None:
        return
    known = channel(letter.account.channel)
    try:
        request = known.text(
            account=letter.account.account, to=Name(letter.to_kind, letter.to), body=letter.text,
            callback=letter.attempt_id, reply_to=letter.answers,
        )  # fmt: skip
        answer = platforms.ask(known, letter.account, request)
    except (CannotSend, http.Refused) as error:
        sending.refuse(attempt_id=attempt_id, code=None, why=str(error), by=OUTBOX)
    except http.NotSent:
        _later(letter, tries, None, _NO_CONNECTION)
    except http.OutcomeUnknown:
        sending.lose_sight(attempt_id=attempt_id, why=_NO_ANSWER, by=OUTBOX)
    else:
        _conclude(letter, tries, known.answer(answer.status, answer.body, attempt=tries))


def _keep_pace(attempt_id: str) -> None:
    """Let a moment pass between two messages to one person where the platform wants it so."""
    attempt = Attempt.objects.select_related("message__account").get(id=attempt_id)
    pace = channel(attempt.message.account.channel).pace
    if not pace or attempt.state != AttemptState.QUEUED:
        return
    now = clock.now()
    last = Attempt.objects.filter(
        message__conversation=attempt.message.conversation_id,
        message__account=attempt.message.account_id, started_at__gt=now - pace, started_at__lte=now,
    ).aggregate(last=Max("started_at"))["last"]  # fmt: skip
    if last is not None:
        raise TryAgain(last + pace - now, "one message after the other")


def _conclude(letter: Letter, tries: int, outcome: Accepted | Refused | Unclear) -> None:
    match outcome:
        case Accepted():
            sending.accept(attempt_id=letter.attempt_id, provider_id=outcome.message_id, by=OUTBOX)
        case Unclear():
            sending.lose_sight(attempt_id=letter.attempt_id, why=outcome.why, by=OUTBOX)
        case Refused():
            _refused(letter, tries, outcome)
        case _:
            assert_never(outcome)


def _refused(letter: Letter, tries: int, outcome: Refused) -> None:
    if outcome.stops_channel:
        doors.stop(account=letter.account, why=outcome.meaning, by=OUTBOX)
    if outcome.retry_after is not None:
        _later(letter, tries, outcome, outcome.meaning)
    else:
        sending.refuse(
            attempt_id=letter.attempt_id, code=outcome.code, why=outcome.meaning, by=OUTBOX
        )


def _later(letter: Letter, tries: int, asked: Refused | None, why: str) -> None:
    """Put the letter back for its next turn, or, when none is left, say where people look why.

    `asked` is the platform's answer if it asks to wait; a wait beyond her window is no wait.
    """
    least = (asked and asked.retry_after) or _AT_ONCE
    now = clock.now()
    if tries >= SENDING_TRIES or now + least >= letter.until:
        code = asked.code if asked else None
        sending.refuse(attempt_id=letter.attempt_id, code=code, why=why, by=OUTBOX)
        return
    sending.put_back(attempt_id=letter.attempt_id, by=OUTBOX)
    pause = max(least, min(rest(tries, _chance()), LONGEST_REST_OF_A_LETTER))
    # As her window closes it is looked at once more, so that people learn of it then.
    raise TryAgain(
        min(pause, letter.until - now), "the platform asks to wait" if asked else "no connection"
    )

"""Sending one attempt: what happened is written down before anything else is tried."""

import datetime as dt
from typing import assert_never

from nyumbani.inbox import platforms
from nyumbani.inbox.actions import doors, sending
from nyumbani.inbox.actions.sending import Letter
from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.outgoing import Accepted, CannotSend, Refused, Unclear
from nyumbani.inbox.channels.registry import channel
from nyumbani.jobs.terms import TryAgain
from nyumbani.kit import http
from nyumbani.kit.doer import System

OUTBOX = System("outbox")


def send(attempt_id: str, tries: int) -> None:
    """Send an attempt; raises TryAgain when nothing left the house and later may go better."""
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
        sending.put_back(attempt_id=attempt_id, by=OUTBOX)
        raise TryAgain(dt.timedelta(seconds=10 * tries), "no connection") from None
    except http.OutcomeUnknown:
        sending.lose_sight(attempt_id=attempt_id, why="the platform did not answer", by=OUTBOX)
    else:
        _conclude(letter, known.answer(answer.status, answer.body, attempt=tries))


def _conclude(letter: Letter, outcome: Accepted | Refused | Unclear) -> None:
    match outcome:
        case Accepted():
            sending.accept(attempt_id=letter.attempt_id, provider_id=outcome.message_id, by=OUTBOX)
        case Unclear():
            sending.lose_sight(attempt_id=letter.attempt_id, why=outcome.why, by=OUTBOX)
        case Refused():
            _refused(letter, outcome)
        case _:
            assert_never(outcome)


def _refused(letter: Letter, outcome: Refused) -> None:
    if outcome.stops_channel:
        doors.stop(account=letter.account, why=outcome.meaning, by=OUTBOX)
    if outcome.retry_after is not None:
        sending.put_back(attempt_id=letter.attempt_id, by=OUTBOX)
        raise TryAgain(outcome.retry_after, "the platform asks to wait")
    sending.refuse(attempt_id=letter.attempt_id, code=outcome.code, why=outcome.meaning, by=OUTBOX)

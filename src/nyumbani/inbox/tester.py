"""Trying out our own accounts: a test to ourselves, and until when a token holds."""

from typing import assert_never

import structlog
from django.utils.translation import gettext_noop

from nyumbani.inbox import platforms
from nyumbani.inbox.actions import care, doors
from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.outgoing import Accepted, CannotSend, Refused, Unclear
from nyumbani.inbox.channels.registry import channel
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.trials import Trial
from nyumbani.inbox.terms import AttemptState
from nyumbani.kit import http
from nyumbani.kit.doer import System

log = structlog.get_logger("nyumbani.inbox")

TESTER = System("tester")
_NO_CONNECTION = gettext_noop("no connection")
_NO_ANSWER = gettext_noop("the platform did not answer")


def test(trial_id: str) -> None:
    """Send one test the way every letter goes, once; what happened is written down."""
    trial = care.start_test(trial_id=trial_id, by=TESTER)
    if trial is None:
        return
    account = trial.account
    known = channel(account.channel)
    failed = AttemptState.FAILED
    try:
        request = known.text(
            account=account.account, to=Name(trial.to_kind, trial.to), body=care.WORDS,
            callback=trial.id,
        )  # fmt: skip
        answer = platforms.ask(known, account, request)
    except (CannotSend, http.Refused) as error:
        care.end_test(trial=trial, state=failed, why=str(error), by=TESTER)
    except http.NotSent:
        care.end_test(trial=trial, state=failed, why=_NO_CONNECTION, by=TESTER)
    except http.OutcomeUnknown:
        care.end_test(trial=trial, state=AttemptState.UNKNOWN, why=_NO_ANSWER, by=TESTER)
    else:
        _conclude(trial, known.answer(answer.status, answer.body))


def _conclude(trial: Trial, outcome: Accepted | Refused | Unclear) -> None:
    match outcome:
        case Accepted():
            care.end_test(trial=trial, state=AttemptState.SENT, by=TESTER)
        case Unclear():
            care.end_test(trial=trial, state=AttemptState.UNKNOWN, why=_NO_ANSWER, by=TESTER)
        case Refused():
            if outcome.stops_channel:
                doors.stop(account=trial.account, why=outcome.meaning, by=TESTER)
            care.end_test(
                trial=trial, state=AttemptState.FAILED, code=outcome.code, why=outcome.meaning,
                by=TESTER,
            )  # fmt: skip
        case _:
            assert_never(outcome)


def ask_token(account_id: str) -> None:
    """Ask one platform until when our token holds; one that it refuses stops the account."""
    account = ChannelAccount.objects.filter(pk=account_id).first()
    check = channel(account.channel).token_check if account else None
    if account is None or check is None or account.stopped_at is not None:
        return
    try:
        answer = platforms.ask(channel(account.channel), account, check.ask(account.secrets))
    except http.Trouble:
        log.warning("token.unanswered", channel=account.channel)
        return
    found = check.found(answer.status, answer.body)
    if isinstance(found, Refused) and found.stops_channel:
        doors.stop(account=account, why=found.meaning, by=TESTER)
    elif isinstance(found, Refused | Unclear):
        log.warning("token.unanswered", channel=account.channel)
    else:
        care.note_token(account=account, until=found, by=TESTER)

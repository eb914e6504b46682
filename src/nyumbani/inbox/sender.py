"""Sending one attempt: what happened is written down before anything else is tried."""

import datetime as dt
import secrets
from typing import assert_never

from django.utils.translation import gettext_noop

from nyumbani.inbox import platforms
from nyumbani.inbox.actions import doors, parcels, sending, templates
from nyumbani.inbox.actions.sending import Filled, Letter
from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.outgoing import (
    Accepted,
    CannotSend,
    Outgoing,
    Refused,
    Unclear,
)
from nyumbani.inbox.channels.registry import Channel, channel
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.outlet import heading_of
from nyumbani.inbox.terms import LONGEST_REST_OF_A_LETTER, SENDING_TRIES
from nyumbani.jobs.terms import TryAgain, rest
from nyumbani.kit import clock, http
from nyumbani.kit.doer import System
from nyumbani.vault.envelope import CannotOpen
from nyumbani.vault.files import opened_file

OUTBOX = System("outbox")
_NO_CONNECTION = gettext_noop("no connection")
_NO_ANSWER = gettext_noop("the platform did not answer")
_AT_ONCE = dt.timedelta()
_chance = secrets.SystemRandom().random


def send(attempt_id: str, tries: int) -> None:
    """Send an attempt; raises TryAgain when nothing left the house and later may go better.

    `tries` counts from 1. The last try ends the attempt: nothing waits without anybody knowing.
    """
    if not bring(attempt_id, tries):
        return
    letter = sending.begin(attempt_id=attempt_id, by=OUTBOX)
    if letter is None:
        return
    known = channel(letter.account.channel)
    try:
        answer = _asked(known, letter, _request(known, letter))
    except (CannotSend, http.Refused, CannotOpen) as error:
        sending.refuse(attempt_id=attempt_id, code=None, why=str(error), by=OUTBOX)
    except http.NotSent:
        _later(letter, tries, None, _NO_CONNECTION)
    except http.OutcomeUnknown:
        sending.lose_sight(attempt_id=attempt_id, why=_NO_ANSWER, by=OUTBOX)
    else:
        _conclude(letter, tries, known.answer(answer.status, answer.body, attempt=tries))


def bring(attempt_id: str, tries: int) -> bool:
    """Bring the file of an attempt to the platform, where that takes a request of its own.

    Nobody is sent anything by it, so whatever is unclear is simply asked again; only the message
    that names the file must not leave twice. False: the attempt ended here. Raises TryAgain.
    """
    letter = sending.foreseen(attempt_id)
    known = channel(letter.account.channel) if letter else None
    filing = known.filing if known else None
    if letter is None or known is None or letter.file is None or filing is None:
        return True
    if filing.bring is None or filing.brought is None:
        return True
    try:
        request = filing.bring(account=letter.account.account, parcel=letter.file.parcel)
        answer = _asked(known, letter, request)
    except (CannotSend, http.Refused, CannotOpen) as error:
        sending.refuse(attempt_id=attempt_id, code=None, why=str(error), by=OUTBOX)
        return False
    except http.Trouble:
        _later(letter, tries, None, _NO_CONNECTION)
        return False
    return _is_there(letter, tries, filing.brought(answer.status, answer.body, attempt=tries))


def _is_there(letter: Letter, tries: int, found: str | Refused | Unclear) -> bool:
    match found:
        case str():
            parcels.keep_brought(attempt_id=letter.attempt_id, media_id=found, by=OUTBOX)
            return True
        case Refused():
            _refused(letter, tries, found)
        case Unclear():
            _later(letter, tries, None, _NO_ANSWER)
        case _:
            assert_never(found)
    return False


def _asked(known: Channel, letter: Letter, request: Outgoing) -> http.Response:
    """The platform's answer; the file is opened for as long as it takes. Raises CannotOpen."""
    part = request.mail.part if request.mail else request.part
    if part is None or letter.file is None:
        return platforms.ask(known, letter.account, request)
    with opened_file(letter.file.sealed, letter.file.scope) as source:
        return platforms.ask(known, letter.account, request, source)


def _request(known: Channel, letter: Letter) -> Outgoing:
    """What to ask of the platform; raises CannotSend if it could only be refused."""
    account, to = letter.account.account, Name(letter.to_kind, letter.to)
    told = {"callback": letter.attempt_id, "reply_to": letter.answers}
    if letter.template is None:
        request = _words(known, letter, account, to)
        if known.post is not None:
            request = known.post.headed(request, heading_of(letter.attempt_id))
        return request
    if known.template is None or known.library is None:
        raise CannotSend(gettext_noop("this channel has no templates"))
    filled = letter.template
    return known.template(
        account=account, to=to, name=filled.name, language=filled.language,
        components=known.library.fill(filled.values), **told,
    )  # fmt: skip


def _words(known: Channel, letter: Letter, account: str, to: Name) -> Outgoing:
    """Free words, or a file with or without them."""
    told = {"callback": letter.attempt_id, "reply_to": letter.answers}
    if letter.file is None:
        return known.text(account=account, to=to, body=letter.text, **told)
    if known.filing is None:
        raise CannotSend(gettext_noop("this channel carries no files"))
    return known.filing.carry(
        account=account, to=to, parcel=letter.file.parcel, caption=letter.text,
        media_id=letter.file.media_id, **told,
    )  # fmt: skip


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
    if letter.template is not None:
        _tell_the_library(letter.account, letter.template, outcome.code)
    if outcome.retry_after is not None:
        _later(letter, tries, outcome, outcome.meaning)
    else:
        sending.refuse(
            attempt_id=letter.attempt_id, code=outcome.code, why=outcome.meaning, by=OUTBOX
        )


def _tell_the_library(account: ChannelAccount, filled: Filled, code: int) -> None:
    """A refusal may be about the words themselves: then nobody is offered them any more."""
    library = channel(account.channel).library
    said = library.told_by.get(code) if library else None
    if said:
        templates.learn(words_id=filled.words_id, said=said, by=OUTBOX)


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

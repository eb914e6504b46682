"""Asking what somebody calls herself, on platforms whose messages do not say it.

A name is a help, no more: whoever waits does not wait for it, so a failure stays quiet.
"""

import datetime as dt
from typing import assert_never

from nyumbani.inbox import platforms
from nyumbani.inbox.actions import identities
from nyumbani.inbox.channels.events import Name
from nyumbani.inbox.channels.outgoing import Refused, Unclear
from nyumbani.inbox.channels.registry import Channel, channel
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.outlet import space_of
from nyumbani.inbox.terms import NAMING_TRIES
from nyumbani.jobs.terms import TryAgain
from nyumbani.kit import http
from nyumbani.kit.doer import System
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.models.names import PersonName

ASKER = System("asker")
_FIRST_REST = dt.timedelta(minutes=1)


def ask(person_id: str, account_id: str, tries: int) -> None:
    """Ask for somebody's name unless we know one; raises TryAgain while that may still help.

    `tries` counts from 1. After the last one she is called by her number until she says her name.
    """
    if PersonName.objects.filter(person=person_id).exists():
        return
    account = ChannelAccount.objects.get(pk=account_id)
    known = channel(account.channel)
    row = Identifier.objects.filter(
        person=person_id, kind=known.named_by, until=None,
        space=space_of(account.channel, account.account),
    ).first()  # fmt: skip
    found = _asked(known, account, Name(row.kind, row.value), tries) if row else None
    match found:
        case None:
            return
        case str():
            identities.learn_name(person_id=person_id, given=found, by=ASKER)
        case Unclear():
            _later(tries)
        case Refused():
            if found.retry_after is not None or found.stops_channel:
                _later(tries, found.retry_after)
        case _:
            assert_never(found)


def _asked(
    known: Channel, account: ChannelAccount, person: Name, tries: int
) -> str | Refused | Unclear | None:
    """What the platform says; None where nothing may be asked."""
    if known.name_lookup is None or known.name_found is None:
        return None
    try:
        answer = platforms.ask(known, account, known.name_lookup(person=person))
    except http.Refused:
        return None
    except http.Trouble:
        return Unclear("no answer")
    return known.name_found(answer.status, answer.body, attempt=tries)


def _later(tries: int, least: dt.timedelta | None = None) -> None:
    if tries < NAMING_TRIES:
        pause = _FIRST_REST * pow(3, tries - 1)
        raise TryAgain(max(pause, least or pause), "her name is not known yet")

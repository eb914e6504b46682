"""Talking to a platform about templates: laying words before it, asking what became of them."""

import datetime as dt
from typing import assert_never

from django.utils.translation import gettext_noop

from nyumbani.inbox import platforms
from nyumbani.inbox.actions import doors, templates
from nyumbani.inbox.channels.library import Library, Listing, Taken, Wording
from nyumbani.inbox.channels.outgoing import Outgoing, Refused, Unclear
from nyumbani.inbox.channels.registry import channel
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.templates import TemplateWords
from nyumbani.jobs.terms import TryAgain
from nyumbani.kit import clock, http
from nyumbani.kit.doer import System

LIBRARIAN = System("librarian")
TRIES = 8
"""With rests of 1, 3, 9 … minutes words are laid before the platform during a day and a half."""
MOST_PAGES = 60  # of a hundred templates: the platform keeps 6,000 at most
_FIRST_REST = dt.timedelta(minutes=1)
_NO_ANSWER = gettext_noop("the platform did not answer")


def submit(words_id: str, tries: int) -> None:
    """Lay words before the platform; raises TryAgain while that may still help.

    Twice does no harm: it knows words by name and language, and says that it has them already.
    """
    words = TemplateWords.objects.select_related("template__account").get(pk=words_id)
    account = words.template.account
    library, asked_at = channel(account.channel).library, clock.now()
    if words.asked_at is None or library is None:
        return
    found = _answered(account, _submission(library, words), library, tries)
    match found:
        case Taken():
            templates.taken(
                words_id=words_id, platform_id=found.platform_id, said=found.status,
                category=found.category, at=asked_at, by=LIBRARIAN,
            )  # fmt: skip
        case Unclear():
            _later(words_id, tries, _NO_ANSWER)
        case Refused():
            if found.stops_channel:
                doors.stop(account=account, why=found.meaning, by=LIBRARIAN)
            if found.retry_after is not None:
                _later(words_id, tries, found.meaning, found.retry_after)
            templates.not_taken(words_id=words_id, why=found.meaning, by=LIBRARIAN)
            if found.subcode == library.is_there_already:  # an earlier answer was lost
                templates.ask_for_list(account=account, by=LIBRARIAN)
        case _:
            assert_never(found)


def refresh(account_id: str) -> None:
    """Ask for all templates of an account, page by page; raises TryAgain when nobody answers."""
    account = ChannelAccount.objects.get(pk=account_id)
    library, asked_at = channel(account.channel).library, clock.now()
    if library is None or not account.business or account.stopped_at is not None:
        return
    known: list[str] = []
    after = ""
    for _page in range(MOST_PAGES):
        found = _page_of(account, library, after)
        known += [item.platform_id for item in found.items]
        templates.listed(account=account, items=found.items, at=asked_at, by=LIBRARIAN)
        after = found.after
        if not after:
            templates.gone(account=account, known=known, at=asked_at, by=LIBRARIAN)
            return


def _submission(library: Library, words: TemplateWords) -> Outgoing:
    wording = Wording(
        name=words.template.name, language=words.language, category=words.template.category,
        body=words.body, examples=tuple(words.examples),
    )  # fmt: skip
    if words.platform_id:
        return library.revise(platform_id=words.platform_id, wording=wording)
    return library.submit(business=words.template.account.business, wording=wording)


def _answered(
    account: ChannelAccount, request: Outgoing, library: Library, tries: int
) -> Taken | Refused | Unclear:
    try:
        answer = platforms.ask(channel(account.channel), account, request)
    except http.Trouble:
        return Unclear("no answer")
    return library.submitted(answer.status, answer.body, attempt=tries)


def _page_of(account: ChannelAccount, library: Library, after: str) -> Listing:
    request = library.ask(business=account.business, after=after)
    try:
        answer = platforms.ask(channel(account.channel), account, request)
    except http.Trouble:
        raise TryAgain(_FIRST_REST, "no connection") from None
    found = library.found(answer.status, answer.body)
    if isinstance(found, Listing):
        return found
    if isinstance(found, Refused) and found.stops_channel:
        doors.stop(account=account, why=found.meaning, by=LIBRARIAN)
        return Listing(())
    raise TryAgain(_FIRST_REST, "the platform asks to wait")


def _later(words_id: str, tries: int, why: str, least: dt.timedelta | None = None) -> None:
    if tries < TRIES:
        pause = _FIRST_REST * pow(3, tries - 1)
        raise TryAgain(max(pause, least or pause), "the platform has not taken it yet")
    templates.not_taken(words_id=words_id, why=why, by=LIBRARIAN)

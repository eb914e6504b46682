"""Fetching the files of messages: at once, gently, and never at the message's cost."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext_noop

from nyumbani.domain import sound
from nyumbani.inbox import platforms
from nyumbani.inbox.actions import files
from nyumbani.inbox.channels.outgoing import CannotSend, MediaPlace, Refused
from nyumbani.inbox.channels.registry import Channel, channel
from nyumbani.inbox.models.messages import Attachment
from nyumbani.inbox.terms import FETCHING_TRIES, KEPT_BY_PLATFORM, Keeping
from nyumbani.jobs.terms import TryAgain
from nyumbani.kit import clock, http
from nyumbani.kit.doer import System
from nyumbani.vault import intake
from nyumbani.vault.files import private_folder, seal_file

FETCHER = System("fetcher")
# More than twenty failed requests an hour and the platform blocks us for half an hour.
_FIRST_REST = dt.timedelta(minutes=1)
_LONGEST_REST = dt.timedelta(hours=6)
_NO_ADDRESS = gettext_noop("the message has no address for it")
_TOO_LARGE = gettext_noop("too large to be taken out, or no longer there: the journal has it")
_NOT_GIVEN = gettext_noop("not given within seven days")
_STUMBLED = gettext_noop("something went wrong here each time it was fetched")


def rest(tries: int) -> dt.timedelta:
    """How long to leave a file alone after the `tries`-th failure (from 1): 1, 2, 4 … 128 min."""
    return min(_FIRST_REST * pow(2.0, min(tries - 1, 7)), _LONGEST_REST)


def fetch(file_id: str, tries: int) -> None:
    """Fetch one file; raises TryAgain while the platform may still give it.

    `tries` counts from 1; after the last one the file says that it will not come.
    """
    file = Attachment.objects.select_related("message__account").get(id=file_id)
    if file.keeping != Keeping.PENDING:
        return
    try:
        _fetch(file, tries)
    except TryAgain:
        raise
    except Exception:
        # Our own fault, such as a full disk: it is raised for whoever looks after the system, but
        # the page must not say "being fetched" when nobody will fetch it any more.
        if _is_last(file, tries):
            _give_up(file, Keeping.EXPIRED, _STUMBLED)
        raise


def _fetch(file: Attachment, tries: int) -> None:
    known = channel(file.message.account.channel)
    if known.enclosed is not None:
        _take_out(file, known.enclosed)
        return
    place = _place(file, known, tries)
    if place is None:
        return
    with private_folder() as folder:
        target = folder / "file"
        try:
            came = platforms.download(known, file.message.account, place, target)
        except http.Refused as error:
            _give_up(file, Keeping.REFUSED, str(error))
            return
        except http.Trouble as error:
            _later(file, tries, getattr(error, "status", None))
            return
        sealed, seconds = seal_file(target, file.seal_scope), _seconds(target)
    files.keep(file=file, sealed=sealed, mime_type=came.mime, seconds=seconds, by=FETCHER)


def _take_out(file: Attachment, enclosed: Callable[[bytes, str], bytes | None]) -> None:
    """Take a file out of the body it came in, which the journal keeps."""
    entry = file.message.journal
    body = intake.unseal(entry.key, bytes(entry.body)) if entry else b""
    content = enclosed(body, str(file.source["id"]))
    if content is None:
        _give_up(file, Keeping.REFUSED, _TOO_LARGE)
        return
    with private_folder() as folder:
        (folder / "file").write_bytes(content)
        target = folder / "file"
        sealed, seconds = seal_file(target, file.seal_scope), _seconds(target)
    files.keep(file=file, sealed=sealed, mime_type=file.mime_type, seconds=seconds, by=FETCHER)


def _seconds(source: Path) -> int | None:
    """How long it plays, from its ends alone: a file may be large."""
    with source.open("rb") as plain:
        head = plain.read(sound.TAIL)
        plain.seek(max(0, source.stat().st_size - sound.TAIL))
        return sound.seconds_of(head, plain.read())


def _place(file: Attachment, known: Channel, tries: int) -> MediaPlace | None:
    """Where the file lies now; None when it will not come, which is written down."""
    if known.media_lookup is None or known.media_place is None:
        if file.source["url"]:
            return MediaPlace(file.source["url"])
        _give_up(file, Keeping.EXPIRED, _NO_ADDRESS)
        return None
    try:
        account = file.message.account
        request = known.media_lookup(account=account.account, provider_id=file.source["id"])
        answer = platforms.ask(known, account, request)
    except (CannotSend, http.Refused) as error:
        _give_up(file, Keeping.REFUSED, str(error))
        return None
    except http.Trouble:
        _later(file, tries, None)
        return None
    found = known.media_place(answer.status, answer.body, attempt=tries)
    if isinstance(found, MediaPlace):
        return found
    if isinstance(found, Refused) and found.retry_after is None and not found.stops_channel:
        _give_up(file, Keeping.EXPIRED, found.meaning)
    else:
        _later(file, tries, None)
    return None


def _later(file: Attachment, tries: int, status: int | None) -> None:
    """Try again while the platform keeps the file; then say that it is gone."""
    if _is_last(file, tries):
        _give_up(file, Keeping.EXPIRED, _NOT_GIVEN, status or 0)
        return
    raise TryAgain(rest(tries), "the file does not come yet")


def _is_last(file: Attachment, tries: int) -> bool:
    age = clock.now() - file.message.received_at
    return tries >= FETCHING_TRIES or age > KEPT_BY_PLATFORM


def _give_up(file: Attachment, keeping: Keeping, why: str, status: int = 0) -> None:
    files.give_up(file=file, keeping=keeping, why=why, by=FETCHER, status=status)

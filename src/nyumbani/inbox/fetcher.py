"""Fetching the files of messages: at once, gently, and never at the message's cost."""

import datetime as dt

from nyumbani.inbox import platforms
from nyumbani.inbox.actions import files
from nyumbani.inbox.channels.outgoing import CannotSend, MediaPlace, Refused
from nyumbani.inbox.channels.registry import Channel, channel
from nyumbani.inbox.models import Attachment
from nyumbani.inbox.terms import Keeping
from nyumbani.jobs.terms import TryAgain
from nyumbani.kit import clock, http
from nyumbani.kit.doer import System
from nyumbani.vault.files import private_folder, seal_file

FETCHER = System("fetcher")
_KEPT_BY_PLATFORM = dt.timedelta(days=7)
# More than twenty failed requests an hour and the platform blocks us for half an hour.
_GENTLY = dt.timedelta(minutes=4)


def fetch(file_id: str, tries: int) -> None:
    """Fetch one file; raises TryAgain while the platform may still give it."""
    file = Attachment.objects.select_related("message__account").get(id=file_id)
    if file.keeping != Keeping.PENDING:
        return
    known = channel(file.message.account.channel)
    place = _place(file, known, tries)
    if place is None:
        return
    with private_folder() as folder:
        target = folder / "file"
        try:
            came = platforms.outside(known).download(
                place.url, target, headers=_token(file, known), limits=platforms.media_limits()
            )
        except http.Refused as error:
            _give_up(file, Keeping.REFUSED, str(error))
            return
        except http.Trouble as error:
            _later(file, tries, getattr(error, "status", None))
            return
        sealed = seal_file(target, file.seal_scope)
    files.keep(file=file, sealed=sealed, mime_type=came.mime, by=FETCHER)


def _place(file: Attachment, known: Channel, tries: int) -> MediaPlace | None:
    """Where the file lies now; None when it will not come, which is written down."""
    if known.media_lookup is None or known.media_place is None:
        if file.source["url"]:
            return MediaPlace(file.source["url"])
        _give_up(file, Keeping.EXPIRED, "the message has no address for it")
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
    if clock.now() - file.message.received_at > _KEPT_BY_PLATFORM:
        _give_up(
            file, Keeping.EXPIRED, f"not given within seven days (last answer {status or '-'})"
        )
        return
    raise TryAgain(min(_GENTLY * tries, dt.timedelta(hours=6)), "the file does not come yet")


def _give_up(file: Attachment, keeping: Keeping, why: str) -> None:
    files.give_up(file=file, keeping=keeping, why=why, by=FETCHER)


def _token(file: Attachment, known: Channel) -> dict[str, str]:
    # Only where the platform asks for it: an address in a message is not given our token.
    return platforms.bearer(file.message.account) if known.media_lookup else {}

"""Files of Telegram messages: ask where one lies, then fetch it from there within an hour."""

from urllib.parse import quote, urlencode

from nyumbani.inbox.channels.outgoing import CannotSend, MediaPlace, Outgoing, Refused, Unclear
from nyumbani.inbox.channels.reading import Payload, Size, Words, read
from nyumbani.inbox.channels.telegram.send import understood
from nyumbani.kit.phrases import gettext_noop

FILES = "/file"


class Place(Payload):
    """Where a file lies, below our own token."""

    file_path: Words = ""
    file_size: Size = None


def lookup(*, account: str, provider_id: str) -> Outgoing:  # noqa: ARG001 - the token says which bot
    """Ask for the place of a file; Telegram refuses more than 20 MB."""
    if not provider_id:
        raise CannotSend(gettext_noop("this file has no id to ask by"))
    return Outgoing("GET", f"/getFile?{urlencode({'file_id': provider_id})}")


def place(status: int, body: bytes, *, attempt: int = 1) -> MediaPlace | Refused | Unclear:
    """What the answer to `lookup` means."""
    return understood(status, body, attempt=attempt, found=_found)


def _found(result: dict[str, object]) -> MediaPlace | None:
    known, _ = read(Place, result)
    parts = known.file_path.split("/")
    # It becomes part of an address that holds our token: nothing may lead out of it.
    if not known.file_path or any(part in {"", ".", ".."} for part in parts):
        return None
    path = "/".join(quote(part, safe="") for part in parts)
    return MediaPlace(path=f"{FILES}/{path}", size=known.file_size)

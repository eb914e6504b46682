"""Files of WhatsApp messages: ask where one lies, then fetch it from there within five minutes."""

from urllib.parse import urlencode

from nyumbani.inbox.channels.checksums import as_hex
from nyumbani.inbox.channels.graph import path, understood
from nyumbani.inbox.channels.outgoing import CannotSend, MediaPlace, Outgoing, Refused, Unclear
from nyumbani.inbox.channels.reading import Payload, Size, Words, read
from nyumbani.inbox.channels.whatsapp.refusals import RULES
from nyumbani.kit.phrases import gettext_noop


class Place(Payload):
    """Where a file lies and what it claims to be."""

    url: Words = ""
    mime_type: Words = ""
    sha256: Words = ""
    file_size: Size = None


def lookup(*, account: str, provider_id: str) -> Outgoing:
    """Ask for the address of a file; the id is good for seven days, the address for minutes."""
    if not provider_id:
        raise CannotSend(gettext_noop("this file has no id to ask by"))
    query = f"?{urlencode({'phone_number_id': account})}" if account else ""
    return Outgoing("GET", path(provider_id) + query)


def place(status: int, body: bytes, *, attempt: int = 1) -> MediaPlace | Refused | Unclear:
    """What the answer to `lookup` means."""
    return understood(status, body, rules=RULES, attempt=attempt, found=_found)


def _found(said: dict[str, object]) -> MediaPlace | None:
    known, _ = read(Place, said)
    checksum, _ = as_hex(known.sha256)
    return MediaPlace(known.url, known.mime_type, checksum, known.file_size) if known.url else None

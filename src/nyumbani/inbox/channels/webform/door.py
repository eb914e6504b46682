"""How a form shows that it was filled in on our own public site.

The site renders the form, checks its own CSRF token and speaks to this door as a server: it sends
what was filled in as JSON and signs exactly these bytes, HMAC-SHA256 with a key that it and this
account share (header X-Nyumbani-Signature: sha256=<hex>). A browser cannot post here by itself,
so no other site can have somebody's browser write in her name. The same bytes a second time change
nothing: the journal knows them. Whoever has the key can write in anybody's name, so what a form
says of a person is never proof, and nobody is written to because of it.

The visitor's network address never comes here. The site puts a keyed digest of it under `visitor`,
which is only counted, under a digest of our own, for the hour. Beside that it stands in the sealed
body in the journal, like all that came, and in nothing that is made of it.
"""

from collections.abc import Mapping

from nyumbani.inbox.channels.answers import object_in
from nyumbani.inbox.channels.knocking import Knock, Limit
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.signature import is_genuine as is_signed
from nyumbani.inbox.channels.webform.payloads import Filled

CHANNEL = "webform"
HEADER = "X-Nyumbani-Signature"
KIND = "form"  # of an identifier: one form, which is all we know of who filled it in
LARGEST = 64 * 1024  # bytes; ten thousand signs of any script
AN_HOUR = 10  # forms of one visitor: several may share a telephone, or a café's address


def is_genuine(knock: Knock, secrets: Mapping[str, str]) -> bool:
    """Whether our public site signed these bytes."""
    return is_signed(knock.body, knock.headers.get(HEADER, ""), secrets.get("site_key", ""))


def visitor(body: bytes) -> str:
    """Whom a form counts for; empty if the site does not say."""
    filled, _ = read(Filled, object_in(body))
    return filled.visitor


LIMIT = Limit(LARGEST, AN_HOUR, visitor)

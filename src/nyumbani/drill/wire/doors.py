"""Our webhook doors as the platform knows them."""

import enum
import hashlib
import hmac
from dataclasses import dataclass, field


class Channel(enum.StrEnum):
    """The platforms the drill simulates."""

    WHATSAPP = "whatsapp"
    MESSENGER = "messenger"


@dataclass(frozen=True, slots=True)
class Door:
    """One account of ours: where its webhooks go, how they are signed, who may send from it."""

    channel: Channel
    account: str  # phone_number_id | page id
    url: str  # where the platform posts webhooks
    secret: str = field(repr=False)  # the app secret that signs them
    token: str = field(repr=False)  # the bearer token that sends
    business: str = ""  # WhatsApp: id of the business account, the same in every webhook
    number: str = ""  # WhatsApp: the number people see, digits only

    def signature(self, body: bytes) -> str:
        """The value of X-Hub-Signature-256 for these very bytes."""
        return "sha256=" + hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()

"""Our webhook doors as the platform knows them."""

import enum
import hashlib
import hmac
from dataclasses import dataclass, field


class Channel(enum.StrEnum):
    """The platforms the drill simulates."""

    WHATSAPP = "whatsapp"
    MESSENGER = "messenger"
    TELEGRAM = "telegram"
    SMS = "sms"


@dataclass(frozen=True, slots=True)
class Door:
    """One account of ours: where its webhooks go, how they are signed, who may send from it."""

    channel: Channel
    account: str  # phone_number_id | page id | the bot's id | the short code
    url: str  # where the platform posts webhooks
    secret: str = field(repr=False)  # signs webhooks, or comes along with them
    token: str = field(repr=False)  # the bearer token that sends
    business: str = ""  # WhatsApp: id of the business account, the same in every webhook
    number: str = ""  # WhatsApp: the number people see, digits only

    def signature(self, body: bytes) -> str:
        """The value of X-Hub-Signature-256 for these very bytes."""
        return "sha256=" + hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()


def secrets_of(channel: str, secret: str, token: str) -> dict[str, str]:
    """A door's secrets under the names our house asks for on this channel."""
    match Channel(channel):
        case Channel.TELEGRAM:
            return {"access_token": token, "secret_token": secret}
        case Channel.SMS:
            return {"username": "nyumbani", "api_key": token, "word": secret, "addresses": ""}
        case Channel.WHATSAPP | Channel.MESSENGER:
            # Nobody subscribes here: the word for the handshake is never asked for.
            return {"app_secret": secret, "verify_token": "nobody-asks", "access_token": token}

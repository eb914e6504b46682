"""The bot an update came to, and how a request shows that it is Telegram's."""

from collections.abc import Mapping

from nyumbani.inbox.channels.events import InboundEvent, Kind
from nyumbani.inbox.channels.keys import digest_of, key
from nyumbani.inbox.channels.knocking import Knock, is_same

CHANNEL = "telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
OPENED_BY = ("secret_token",)


def is_genuine(knock: Knock, secrets: Mapping[str, str]) -> bool:
    """Whether the header holds the word we gave Telegram together with our address.

    It tells our bots apart, too: an update does not say which of them it came to.
    """
    return is_same(knock.headers.get(HEADER, ""), secrets.get("secret_token", ""))


def not_understood(raw: object, why: str) -> InboundEvent:
    """An item that is kept whole because nothing in it could be read."""
    return InboundEvent(
        channel=CHANNEL,
        account="",
        kind=Kind.NOT_UNDERSTOOD,
        key=item_key(raw),
        data={"raw": raw},
        notes=(why,),
    )


def item_key(raw: object) -> str:
    """The permanent key of an item without id: what it says."""
    return key("item", digest_of(raw))

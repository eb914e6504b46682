"""The short code or number an SMS came to, and how a request shows that it is the gateway's."""

from collections.abc import Mapping

from nyumbani.inbox.channels.events import InboundEvent, Kind
from nyumbani.inbox.channels.keys import digest_of, key
from nyumbani.inbox.channels.knocking import Knock, is_from, is_same

CHANNEL = "sms"
OPENED_BY = ("word", "addresses")


def is_genuine(knock: Knock, secrets: Mapping[str, str]) -> bool:
    """Whether the address ends in our word and, if there is a list, the sender is on it.

    The gateway signs nothing: whoever knows the word can write in anybody's name. So the word is
    long and random, stands in no log, and the list of the gateway's addresses is worth having.
    """
    knows = is_same(knock.word, secrets.get("word", ""))
    return is_from(knock.sender, secrets.get("addresses", "")) and knows


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

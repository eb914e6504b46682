"""The page an item came through."""

from dataclasses import dataclass

from nyumbani.inbox.channels.events import InboundEvent, Kind
from nyumbani.inbox.channels.keys import digest_of, key

CHANNEL = "messenger"


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of a webhook."""

    page: str

    def not_understood(self, raw: object, why: str) -> InboundEvent:
        """An item that is kept whole because nothing in it could be read."""
        return InboundEvent(
            channel=CHANNEL,
            account=self.page,
            kind=Kind.NOT_UNDERSTOOD,
            key=self.item_key(raw),
            data={"raw": raw},
            notes=(why,),
        )

    def item_key(self, raw: object) -> str:
        """The permanent key of an item without id: what it says, and the page it came through."""
        return key("item", self.page, digest_of(raw))

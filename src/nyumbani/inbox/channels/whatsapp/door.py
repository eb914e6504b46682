"""The door a change came through: our number, and the contact cards that came with it."""

from dataclasses import dataclass

from nyumbani.inbox.channels.events import InboundEvent, Kind, Name
from nyumbani.inbox.channels.keys import digest_of, key
from nyumbani.inbox.channels.whatsapp.people import NO_CARDS, Cards, Person, introduced

CHANNEL = "whatsapp"


@dataclass(frozen=True, slots=True)
class Door:
    """One change of one entry."""

    account: str  # phone_number_id
    number: str = ""  # our own number as digits, to tell our messages from hers
    business: str = ""  # id of the WhatsApp business account: the same in every webhook
    field: str = ""
    time: object = None  # of the entry: where a change itself has none
    cards: Cards = NO_CARDS

    def person(self, identifiers: tuple[Name, ...]) -> Person:
        """Whoever has these identifiers, with what her contact card adds."""
        return introduced(identifiers, self.cards)

    def not_understood(self, raw: object, why: str) -> InboundEvent:
        """An item that is kept whole because nothing in it could be read."""
        return InboundEvent(
            channel=CHANNEL,
            account=self.account,
            kind=Kind.NOT_UNDERSTOOD,
            key=self.item_key(raw),
            data={"raw": raw, "field": self.field, "business": self.business},
            notes=(why,),
        )

    def item_key(self, raw: object) -> str:
        """The permanent key of an item without id: what it says, and the door it came through."""
        return key("item", self.account or self.business, self.field, digest_of(raw))

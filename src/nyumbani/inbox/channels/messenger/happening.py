"""One item of a webhook: who of the two sides did something, and when."""

import datetime as dt
from dataclasses import dataclass

from nyumbani.inbox.channels.events import InboundEvent, Kind, Name
from nyumbani.inbox.channels.messenger.door import CHANNEL, Door
from nyumbani.inbox.channels.messenger.payloads import Item, Party
from nyumbani.inbox.channels.times import Unit, moment
from nyumbani.kit.phrases import gettext_noop

PAGE_NOT_SAID = gettext_noop("which page it came through is not said")


@dataclass(frozen=True, slots=True)
class Happening:
    """The circumstances all parts of an item share."""

    door: Door
    raw: dict[str, object]
    person: tuple[Name, ...]
    by_staff: bool
    at: dt.datetime | None
    stamp: str  # the item's time as it came, for keys
    notes: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        """The person as one word, for keys."""
        return self.person[0].value if self.person else ""

    @property
    def page(self) -> str:
        """The page it came through."""
        return self.door.page

    def event(self, kind: Kind, key: str) -> InboundEvent:
        """An event that so far says only who, when and what kind."""
        return InboundEvent(
            channel=CHANNEL,
            account=self.page,
            kind=kind,
            key=key,
            identifiers=self.person,
            sent_at=self.at,
            notes=self.notes,
            by_staff=self.by_staff,
        )


def happening(door: Door, item: Item, raw: dict[str, object]) -> Happening:
    """The person is the sender, unless the page sent it: then she is the recipient."""
    sender, recipient = item.sender or Party(), item.recipient or Party()
    echo = item.message is not None and item.message.is_echo
    guessed = () if door.page else (PAGE_NOT_SAID,)
    if not door.page:
        door = Door(page=sender.id if echo else recipient.id)
    by_staff = echo or (bool(sender.id) and sender.id == door.page)
    at, time_notes = moment(item.timestamp, usual=Unit.MILLISECONDS)
    person = _names(recipient if by_staff else sender, item)
    stamp = str(item.timestamp)
    return Happening(door, raw, person, by_staff, at, stamp, (*guessed, *time_notes))


def _names(party: Party, item: Item) -> tuple[Name, ...]:
    reference = party.user_ref or (item.optin.user_ref if item.optin else "")
    known = {"psid": party.id, "user_ref": reference}
    return tuple(Name(kind, value) for kind, value in known.items() if value)

"""One body being read: what its items share, so that fifty items do not ask fifty times."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop

from nyumbani.domain.identity import Key
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import InboundEvent, Name
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import JournalEntry
from nyumbani.inbox.outlet import space_of
from nyumbani.inbox.terms import Reading
from nyumbani.inbox.together import main_of
from nyumbani.kit.doer import Doer
from nyumbani.people.queries import Reach
from nyumbani.vault import index


class CannotPlace(ValueError):
    """An item is understood but belongs to nobody and nothing we know; the text says why."""


NOT_OURS = gettext_noop("it came for an account that is not set up here")
_A_MINUTE = dt.timedelta(minutes=1)
MOVED = (
    "last_at", "last_place", "last_line", "last_way", "last_content", "heard_at", "came_at",
    "answered_at", "waiting_since", "mark",
)  # fmt: skip
"""What a message moves on in its thread; whose thread it is stays as staff shared it out."""


@dataclass
class Page:
    """The journal entry being read and what has been looked up for it."""

    entry: JournalEntry
    by: Doer
    number: int = 0  # which item of the body is being read, from 0
    accounts: dict[tuple[str, str], ChannelAccount] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    named: set[tuple[str, str]] = field(default_factory=set)
    filled: set[int] = field(default_factory=set)  # items that told what an earlier one did not

    @property
    def is_again(self) -> bool:
        """Whether this body has been read before."""
        return self.entry.events > 0 or self.entry.reading != Reading.WAITING

    @property
    def place(self) -> str:
        """The place of arrival of the item being read: it sorts as items came."""
        return f"{self.entry.id}{self.number:06d}"

    def own(self, event: InboundEvent) -> InboundEvent:
        """The same item with its account, where the body does not say which of ours it came for.

        Then it is the one whose door it came through; or, of a stored body, the only one there is.
        """
        known = registry.channel(event.channel)
        if event.account or not known.account_by_door:
            return event
        through = self.entry.account or self._only(event.channel)
        if not through:
            return event
        event = dataclasses.replace(event, account=through)
        if known.judged is None:
            return event
        ours = self.ours(event)
        return known.judged(event, account=through, secrets=ours.secrets if ours else {})

    def _only(self, channel: str) -> str:
        rows = ChannelAccount.objects.filter(channel=channel).values_list("account", flat=True)[:2]
        return str(rows[0]) if len(rows) == 1 else ""

    def account(self, event: InboundEvent) -> ChannelAccount:
        """Which of our accounts an item came for; raises CannotPlace if it is none of ours."""
        found = self.ours(event)
        if found is None:
            raise CannotPlace(NOT_OURS)
        return found

    def ours(self, event: InboundEvent) -> ChannelAccount | None:
        """The same account, or None."""
        key = (event.channel, event.account)
        if key not in self.accounts:
            found = ChannelAccount.objects.filter(channel=key[0], account=key[1]).first()
            if found is None:
                return None
            self.accounts[key] = found
        return self.accounts[key]

    def moved_by(self, thread: Conversation) -> list[Conversation]:
        """What a message in this thread moves on: the thread, and the one it is shown in."""
        if thread.joined_to_id is None:
            return [thread]
        known = (one for one in self.conversations.values() if one.pk == thread.joined_to_id)
        main = next(known, None) or main_of(thread)
        self.conversations[main.person_id] = main
        return [thread, main]

    def thread(self, thread: Conversation) -> Conversation:
        """The same thread as it is being moved on here."""
        return self.conversations.setdefault(thread.person_id, thread)

    def forget(self, but: set[str]) -> None:
        """Drop the threads that are not among `but`."""
        for person in set(self.conversations) - but:
            del self.conversations[person]
            self.touched.discard(person)

    def close(self) -> None:
        """Store the conversations that the items moved on, and that our accounts were heard."""
        for person in self.touched:
            self.conversations[person].save(update_fields=MOVED)
        for account in self.accounts.values():
            came = self.entry.received_at
            # Once a minute is enough to see that a channel is alive.
            if account.heard_at is None or came - account.heard_at >= _A_MINUTE:
                account.heard_at = came
                account.save(update_fields=["heard_at"])


def reach(event: InboundEvent, names: Sequence[Name]) -> list[Reach]:
    """The identifiers of an item, each with the space it is unique in."""
    space = space_of(event.channel, event.account)
    return [Reach(space, one.kind, one.value) for one in names if one.value]


def keys(found: Sequence[Reach]) -> list[Key]:
    """The same identifiers as the rules of the field know them."""
    return [Key(one.kind, one.value) for one in found]


def digest_of(channel: str, account: str, message_id: str) -> str:
    """The blind index of a platform's message id, unique at one of our accounts or at them all."""
    if registry.channel(channel).spans_messages:
        account = ""
    return index.digest(f"message|{channel}|{account}", message_id)

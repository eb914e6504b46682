"""The way out to somebody: our account, her number or id, and until when words go freely."""

from dataclasses import dataclass

from nyumbani.domain.replying import Draft
from nyumbani.domain.window import Window, window_after
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.outgoing import Length
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.terms import Way
from nyumbani.people.models import Identifier


@dataclass(frozen=True, slots=True)
class Outlet:
    """How somebody is reached now: through which of our accounts, at what, until when freely."""

    account: ChannelAccount | None
    reach: Identifier | None
    window: Window
    limit: int

    def length(self, text: str) -> Length:
        """How much of what the platform takes these words fill."""
        if self.account is None:
            return Length(len(text), self.limit)
        return registry.channel(self.account.channel).length_of(text)

    def draft(self, text: str) -> Draft:
        """These words, sent this way."""
        length = self.length(text)
        stopped = self.account is not None and self.account.stopped_at is not None
        reachable = self.account is not None and self.reach is not None
        return Draft(
            text, length.limit, self.window, is_stopped=stopped, is_reachable=reachable,
            taken=length.taken,
        )  # fmt: skip


def outlet_to(thread: Conversation, through: ChannelAccount | None = None) -> Outlet:
    """The way she last wrote to us: people answer where they were asked.

    `through` keeps to one of our accounts: what began there is sent again there or not at all.
    """
    hers = Message.objects.filter(conversation=thread, way=Way.IN)
    last = (
        (hers if through is None else hers.filter(account=through))
        .select_related("account").order_by("-sent_at", "-id").first()
    )  # fmt: skip
    if last is None:
        return Outlet(None, None, Window(None), 0)
    channel = registry.channel(last.account.channel)
    found = Identifier.objects.filter(
        person=thread.person_id, until=None, kind__in=channel.reachable_by,
        space=space_of(channel.kind, last.account.account),
    )  # fmt: skip
    best = min(found, key=lambda row: channel.reachable_by.index(row.kind), default=None)
    window = window_after(last.sent_at, channel.window)
    return Outlet(last.account, best, window, channel.text_limit)


def is_hers(thread: Conversation, account: ChannelAccount, kind: str, value: str) -> bool:
    """Whether this number or id reaches her today, seen from one of our accounts."""
    found = Identifier.objects.filter(
        person=thread.person_id, until=None, kind=kind,
        space=space_of(account.channel, account.account),
    )  # fmt: skip
    return any(row.value == value for row in found)


def space_of(channel: str, account: str) -> str:
    """Where an identifier that came through this account means one person.

    Numbers and business-scoped ids hold over all our WhatsApp numbers, for example; a Messenger id
    means somebody only together with the page it was given to.
    """
    return channel if registry.channel(channel).spans_accounts else f"{channel}:{account}"

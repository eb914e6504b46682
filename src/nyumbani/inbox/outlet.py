"""The way out to somebody: our account, her number or id, and until when words go freely."""

from collections.abc import Sequence
from dataclasses import dataclass

from nyumbani.domain.replying import Draft, FileFit
from nyumbani.domain.window import Window, window_after
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.filing import Parcel
from nyumbani.inbox.channels.limits import MB, file_refusal
from nyumbani.inbox.channels.outgoing import Heading, Length
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Way
from nyumbani.inbox.together import together
from nyumbani.people.agreed import agreed_with
from nyumbani.people.models.identifiers import Identifier


@dataclass(frozen=True, slots=True)
class Outlet:
    """How somebody is reached now: through which of our accounts, at what, until when freely."""

    account: ChannelAccount | None
    reach: Identifier | None
    window: Window
    limit: int
    thread: Conversation | None = None  # of those joined, the one in which she last wrote

    def length(self, text: str) -> Length:
        """How much of what the platform takes these words fill."""
        if self.account is None:
            return Length(len(text), self.limit)
        return registry.channel(self.account.channel).length_of(text)

    def draft(
        self, text: str, *, is_template: bool = False, parcel: Parcel | None = None
    ) -> Draft:  # fmt: skip
        """These words, sent this way, perhaps with a file."""
        length = self.length(text)
        stopped = self.account is not None and self.account.stopped_at is not None
        reachable = self.account is not None and self.reach is not None
        return Draft(
            text, length.limit, self.window, is_stopped=stopped, is_reachable=reachable,
            is_template=is_template, taken=length.taken,
            file=self.fit(parcel, length.taken) if parcel else None,
        )  # fmt: skip

    def fit(self, parcel: Parcel, taken: int = 0) -> FileFit:
        """Whether the platform takes this file, and as many words beside it."""
        known = registry.channel(self.account.channel) if self.account else None
        if known is None or known.filing is None:
            return FileFit("not_carried")
        no = file_refusal(known.files, parcel.content, parcel.mime_type, parcel.size)
        largest = known.files[parcel.content].largest // MB if no == "too_large" else 0
        told = (str(largest),) if largest else ()
        return FileFit(no, told, known.filing.captions.get(parcel.content, 0), taken)


def outlet_to(
    thread: Conversation, through: ChannelAccount | None = None, *,
    among: Sequence[Conversation] | None = None,
) -> Outlet:  # fmt: skip
    """The way she last wrote to us: people answer where they were asked.

    That is over all her joined conversations, or `among` those in which somebody may write.
    `through` keeps to this one and to one of our accounts: what began there is sent again there or
    not at all.
    """
    if through is None:
        over = together(thread) if among is None else among
        hers = Message.objects.filter(conversation__in=over, way=Way.IN)
        # Through a form nobody is answered: another way of hers stays open.
        hers = hers.exclude(account__channel__in=registry.one_way())
    else:
        hers = Message.objects.filter(conversation=thread, way=Way.IN, account=through)
    last = (
        hers.select_related("account", "conversation__person").order_by("-sent_at", "-id").first()
    )
    if last is None:
        return Outlet(None, None, Window(None), 0)
    channel = registry.channel(last.account.channel)
    found = Identifier.objects.filter(
        person=last.conversation.person_id, until=None, kind__in=channel.reachable_by,
        space=space_of(channel.kind, last.account.account),
    )  # fmt: skip
    best = min(found, key=lambda row: channel.reachable_by.index(row.kind), default=None)
    window = window_after(last.sent_at, channel.window)
    return Outlet(last.account, best, window, channel.text_limit, last.conversation)


def way_to(hers: Sequence[Conversation], through: ChannelAccount | None = None) -> Outlet:
    """The way to her over conversations that are joined, the main one first.

    Nothing named, it is the way she last wrote; else through the account named, from whichever of
    her conversations she wrote to it.
    """
    if through is None:
        return outlet_to(hers[0], among=hers)
    found = [outlet_to(one, through) for one in hers]
    return next((one for one in found if one.account is not None), found[0])


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


def heading_of(attempt_id: str) -> Heading:
    """What may stand over a letter to her: the cover agreed on, or what she wrote over her own.

    Where others look at her telephone her own words are not shown again.
    """
    message = Attempt.objects.select_related("message").get(id=attempt_id).message
    thread = Conversation.objects.get(pk=message.conversation_id)
    agreed = agreed_with(thread.person_id)
    hers = Message.objects.filter(conversation=thread, account=message.account_id, way=Way.IN)
    last = hers.order_by("-sent_at", "-place").first()
    if last is None:
        return Heading(agreed.cover)
    subject = "" if agreed.is_phone_shared else str(last.data.get("subject", ""))
    return Heading(agreed.cover, subject, last.provider_id)

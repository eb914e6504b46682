"""Our own accounts for who looks after them: their health and their queue, never their secrets."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import Count, Max, Q
from django.utils.timezone import get_current_timezone

from nyumbani.accounts.viewers import Viewer
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.registry import Channel
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.models.trials import Trial
from nyumbani.inbox.permissions import may_set_up_channels
from nyumbani.inbox.terms import AttemptState
from nyumbani.kit import clock

Account: TypeAlias = ChannelAccount
SOON = dt.timedelta(days=14)  # a token that ends within this is worth a warning
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Queue:
    """Letters of one account: how many wait, are held for her safe time, failed today."""

    waiting: int = 0
    held: int = 0
    failed: int = 0
    last_why: str = ""  # our words for the newest failure
    last_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One account as its page shows it."""

    account: ChannelAccount
    channel: Channel
    queue: Queue
    trial: Trial | None

    @property
    def is_asked(self) -> bool:
        """Whether we ask it for messages ourselves."""
        return self.channel.recovery is not None or self.channel.post is not None

    @property
    def token_ends_soon(self) -> bool:
        """Whether the token must be renewed within days."""
        until = self.account.token_until
        return until is not None and until - clock.now() < SOON

    @property
    def may_be_tested(self) -> bool:
        """Whether anything can be sent through it at all."""
        return bool(self.channel.reachable_by)


def cards(viewer: Viewer) -> list[Card]:
    """All our accounts; four queries, however many there are."""
    if not may_set_up_channels(viewer):
        return []
    rows = list(ChannelAccount.objects.all())
    queues, trials = _queues(), _trials(rows)
    return [
        Card(row, registry.channel(row.channel), queues.get(row.id, Queue()), trials.get(row.id))
        for row in rows
    ]


def account(viewer: Viewer, account_id: str) -> ChannelAccount | None:
    """One of our accounts, for who may set them up."""
    if not may_set_up_channels(viewer):
        return None
    return ChannelAccount.objects.filter(pk=account_id).first()


def is_connected(viewer: Viewer, channel: str, name: str) -> bool:
    """Whether this account of ours is here already."""
    found = ChannelAccount.objects.filter(channel=channel, account=name)
    return may_set_up_channels(viewer) and found.exists()


def kinds(viewer: Viewer) -> tuple[str, ...]:
    """The channels an account can be connected to."""
    return registry.kinds() if may_set_up_channels(viewer) else ()


def _queues() -> dict[str, Queue]:
    now = clock.now()
    local = now.astimezone(get_current_timezone())
    today = local.replace(hour=0, minute=0, second=0, microsecond=0)
    on_its_way = Q(state__in=[AttemptState.QUEUED, AttemptState.SENDING])
    held = on_its_way & Q(held_until__isnull=False, held_until__gt=now)
    rows = (
        Attempt.objects.filter(on_its_way | Q(state=AttemptState.FAILED)).order_by()
        .values("message__account")
        .annotate(
            all=Count("pk", filter=on_its_way), held=Count("pk", filter=held),
            failed=Count("pk", filter=Q(state=AttemptState.FAILED, failed_at__gte=today)),
            last=Max("failed_at", filter=Q(state=AttemptState.FAILED)),
        )
    )  # fmt: skip
    found = {row["message__account"]: row for row in rows}
    newest = Attempt.objects.filter(
        state=AttemptState.FAILED, failed_at__in=[row["last"] for row in found.values()]
    ).values_list("message__account", "failed_at", "why")
    whys = {(name, at): why for name, at, why in newest}
    return {
        name: Queue(
            row["all"] - row["held"], row["held"], row["failed"],
            whys.get((name, row["last"]), ""), row["last"],
        )
        for name, row in found.items()
    }  # fmt: skip


def _trials(rows: Iterable[ChannelAccount]) -> dict[str, Trial]:
    lately = Trial.objects.filter(account__in=list(rows), asked_at__gt=clock.now() - _WEEK)
    return {trial.account_id: trial for trial in lately.order_by("asked_at", "id")}

"""Setting up and stopping our own numbers and pages."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction

from nyumbani.audit.actions import record
from nyumbani.inbox import doorkeeper
from nyumbani.inbox.channels import registry
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import Doer
from nyumbani.vault import terms

_TEN_MINUTES = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What Meta's platforms and we know of each other; other channels name theirs themselves."""

    app_secret: str
    verify_token: str
    access_token: str


@transaction.atomic
def connect(
    *, channel: str, account: str, label: str, secrets: Secrets | Mapping[str, str], by: Doer
) -> ChannelAccount:
    """Set up one of our numbers or pages, or give it new secrets; a stopped one starts again.

    What may have come while nobody listened is asked for at once, where the platform can be asked.
    """
    known = ChannelAccount.objects.filter(channel=channel, account=account).first()
    row = known or ChannelAccount(
        id=ids.new(), seal_scope=terms.HOUSE, channel=channel, account=account,
        added_at=clock.now(),
    )  # fmt: skip
    record(by=by, verb="channel.connected", about=f"channel:{row.id}")
    row.label = label
    row.secrets = asdict(secrets) if isinstance(secrets, Secrets) else dict(secrets)
    row.stopped_at, row.stopped_why = None, ""
    if known is None:
        row.save(force_insert=True)
    else:
        row.save(update_fields=["label", "secrets", "stopped_at", "stopped_why"])
    plan_poll(account=row, at=clock.now(), by=by)
    transaction.on_commit(doorkeeper.forget)  # other processes ask again within a minute
    return row


@transaction.atomic
def stop(*, account: ChannelAccount, why: str, by: Doer) -> None:
    """Stop sending through an account whose credentials the platform refused; staff are told."""
    record(by=by, verb="channel.stopped", about=f"channel:{account.id}")
    account.stopped_at, account.stopped_why = clock.now(), why[:80]
    account.save(update_fields=["stopped_at", "stopped_why"])


@transaction.atomic
def describe(
    *, account: ChannelAccount, business: str, people_a_day: int | None, is_shared: bool, by: Doer
) -> None:
    """Write down what the platform says of an account: whose it is, and how much it may send."""
    record(by=by, verb="channel.described", about=f"channel:{account.id}")
    account.business, account.people_a_day = business, people_a_day
    account.is_shared = is_shared
    account.save(update_fields=["business", "people_a_day", "is_shared"])


@transaction.atomic
def polled(*, account: ChannelAccount, up_to: str, by: Doer) -> None:
    """Remember up to where a platform was asked for missed messages; they are journalled."""
    record(by=by, verb="channel.polled", about=f"channel:{account.id}")
    account.polled_to = up_to
    account.save(update_fields=["polled_to"])


@transaction.atomic
def note_answer(*, account: ChannelAccount, why_not: str = "", by: Doer) -> None:
    """Remember that a platform answered when it was asked, or our words for why it did not.

    Once in ten minutes is enough to see that it is alive, unless something has changed.
    """
    now = clock.now()
    same = (account.failed_why != "") == (why_not != "")
    last = account.failed_at if why_not else account.asked_at
    if same and last is not None and dt.timedelta() <= now - last < _TEN_MINUTES:
        return
    record(by=by, verb="channel.asked", about=f"channel:{account.id}", failed=int(bool(why_not)))
    account.failed_why = why_not[:120]
    if why_not:
        account.failed_at = now
    else:
        account.asked_at = now
    account.save(update_fields=["failed_why", "failed_at", "asked_at"])


def plan_poll(*, account: ChannelAccount, at: dt.datetime, by: Doer) -> bool:
    """Have a platform asked for missed messages; False if it is planned, or cannot be asked."""
    known = registry.channel(account.channel)
    if known.recovery is None and known.post is None:
        return False
    job = enqueue(
        kind="inbox.poll", data={"account": account.id}, by=by, key=f"poll:{account.id}",
        not_before=at,
    )  # fmt: skip
    return job is not None


def plan_polls(*, by: Doer) -> int:
    """Take up asking again where it broke off, such as after a dead letter; returns how many."""
    rows = ChannelAccount.objects.filter(stopped_at=None)
    return sum(plan_poll(account=row, at=clock.now(), by=by) for row in rows)

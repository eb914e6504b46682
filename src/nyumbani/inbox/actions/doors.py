"""Setting up and stopping our own numbers and pages."""

from dataclasses import asdict, dataclass

from django.db import transaction

from nyumbani.audit.actions import record
from nyumbani.inbox import doorkeeper
from nyumbani.inbox.models import ChannelAccount
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import Doer
from nyumbani.vault import terms


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a platform and we know of each other."""

    app_secret: str
    verify_token: str
    access_token: str


@transaction.atomic
def connect(
    *, channel: str, account: str, label: str, secrets: Secrets, by: Doer
) -> ChannelAccount:
    """Set up one of our numbers or pages, or give it new secrets; a stopped one starts again."""
    known = ChannelAccount.objects.filter(channel=channel, account=account).first()
    row = known or ChannelAccount(
        id=ids.new(), seal_scope=terms.HOUSE, channel=channel, account=account,
        added_at=clock.now(),
    )  # fmt: skip
    record(by=by, verb="channel.connected", about=f"channel:{row.id}")
    row.label, row.secrets = label, asdict(secrets)
    row.stopped_at, row.stopped_why = None, ""
    if known is None:
        row.save(force_insert=True)
    else:
        row.save(update_fields=["label", "secrets", "stopped_at", "stopped_why"])
    transaction.on_commit(doorkeeper.forget)  # other processes ask again within a minute
    return row


@transaction.atomic
def stop(*, account: ChannelAccount, why: str, by: Doer) -> None:
    """Stop sending through an account whose credentials the platform refused; staff are told."""
    record(by=by, verb="channel.stopped", about=f"channel:{account.id}")
    account.stopped_at, account.stopped_why = clock.now(), why[:80]
    account.save(update_fields=["stopped_at", "stopped_why"])

"""What the webhook door must know before it believes anybody: our secrets, kept for a minute."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.cache import cache

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.knocking import Limit
from nyumbani.inbox.channels.registry import Channel
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.kit import clock
from nyumbani.vault import index

_KEEP = 60.0  # seconds; a new secret works within a minute in every process
_kept: dict[str, tuple[float, "Known"]] = {}


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a channel's door, and the account it belongs to; accounts may share one."""

    account: str
    secrets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What opens a channel's door, each once, and the words agreed on with the platform."""

    keys: tuple[Key, ...]
    verify_tokens: tuple[str, ...]


def known(channel: str) -> Known:
    """The secrets of a channel; raises keyring.Locked while the house is locked."""
    kept = _kept.get(channel)
    if kept is not None and kept[0] > time.monotonic():
        return kept[1]
    rows = [
        (row.account, row.secrets)
        for row in ChannelAccount.objects.filter(channel=channel).order_by("added_at", "id")
    ]
    tokens = dict.fromkeys(
        secrets["verify_token"] for _, secrets in rows if "verify_token" in secrets
    )
    found = Known(_keys(registry.channel(channel), rows), tuple(word for word in tokens if word))
    _kept[channel] = (time.monotonic() + _KEEP, found)
    return found


def forget() -> None:
    """Ask the table again at the next knock."""
    _kept.clear()


def has_room(channel: str, limit: Limit, body: bytes) -> bool:
    """Whether this visitor may knock once more within the hour; counted under a keyed digest.

    The same body a second time is counted, too: the journal has it, so nothing is lost by that.
    """
    visitor = limit.visitor(body)
    if not visitor:
        return True
    hour = int(clock.now().timestamp() // 3600)
    name = index.digest(f"knocks|{channel}|{hour}", visitor)
    count = int(cache.get(name, 0)) + 1
    cache.set(name, count, timeout=2 * 3600)
    return count <= limit.an_hour


def _keys(channel: Channel, rows: list[tuple[str, dict[str, str]]]) -> tuple[Key, ...]:
    """One key for all accounts that share it: a body is signed once, not once an account."""
    found: dict[tuple[str, ...], Key] = {}
    for account, secrets in rows:
        opens = {name: secrets.get(name, "") for name in channel.opened_by}
        found.setdefault(tuple(opens.values()), Key(account, opens))
    return tuple(found.values())

"""What the webhook door must know before it believes anybody: our secrets, kept for a minute."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.registry import Channel
from nyumbani.inbox.models.accounts import ChannelAccount

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


def _keys(channel: Channel, rows: list[tuple[str, dict[str, str]]]) -> tuple[Key, ...]:
    """One key for all accounts that share it: a body is signed once, not once an account."""
    found: dict[tuple[str, ...], Key] = {}
    for account, secrets in rows:
        opens = {name: secrets.get(name, "") for name in channel.opened_by}
        found.setdefault(tuple(opens.values()), Key(account, opens))
    return tuple(found.values())

"""What the webhook door must know before it believes anybody: our secrets, kept for a minute."""

import time
from dataclasses import dataclass

from nyumbani.inbox.models import ChannelAccount

_KEEP = 60.0  # seconds; a new secret works within a minute in every process
_kept: dict[str, tuple[float, "Known"]] = {}


@dataclass(frozen=True, slots=True)
class Known:
    """The secrets of all our accounts on one channel; several accounts may share an app."""

    app_secrets: tuple[str, ...]
    verify_tokens: tuple[str, ...]


def known(channel: str) -> Known:
    """The secrets of a channel; raises keyring.Locked while the house is locked."""
    kept = _kept.get(channel)
    if kept is not None and kept[0] > time.monotonic():
        return kept[1]
    rows = [row.secrets for row in ChannelAccount.objects.filter(channel=channel)]
    found = Known(
        tuple(dict.fromkeys(row["app_secret"] for row in rows if row.get("app_secret"))),
        tuple(dict.fromkeys(row["verify_token"] for row in rows if row.get("verify_token"))),
    )
    _kept[channel] = (time.monotonic() + _KEEP, found)
    return found


def forget() -> None:
    """Ask the table again at the next knock."""
    _kept.clear()

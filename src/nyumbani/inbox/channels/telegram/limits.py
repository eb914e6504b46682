"""Telegram's limits for bots as of mid-2026."""

from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.channels.limits import MB, FileLimit, Files, Rate

RATE = Rate(30)
_SENT = 50 * MB  # what a bot may send; it can fetch 20 MB
FILES: Files = {
    Content.IMAGE: FileLimit(10 * MB),
    Content.AUDIO: FileLimit(_SENT),
    Content.VOICE: FileLimit(_SENT, frozenset({"audio/ogg", "audio/mpeg", "audio/mp4"})),
    Content.VIDEO: FileLimit(_SENT),
    Content.DOCUMENT: FileLimit(_SENT),
}

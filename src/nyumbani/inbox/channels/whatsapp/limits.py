"""WhatsApp's limits as of mid-2026."""

import datetime as dt

from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.channels.limits import KB, MB, FileLimit, Files, Rate

PACE = dt.timedelta(seconds=6)  # between two messages to one person
RATE = Rate(80, shared=20)
_AUDIO = frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"})
FILES: Files = {
    Content.IMAGE: FileLimit(5 * MB, frozenset({"image/jpeg", "image/png"})),
    Content.AUDIO: FileLimit(16 * MB, _AUDIO),
    Content.VOICE: FileLimit(16 * MB, frozenset({"audio/ogg"})),
    Content.VIDEO: FileLimit(16 * MB, frozenset({"video/mp4", "video/3gpp"})),
    Content.STICKER: FileLimit(500 * KB, frozenset({"image/webp"})),
    Content.DOCUMENT: FileLimit(100 * MB),
}

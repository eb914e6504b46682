"""Messenger's limits as of mid-2026."""

from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.channels.limits import MB, FileLimit, Files

_LARGEST = 25 * MB
FILES: Files = {
    kind: FileLimit(_LARGEST)
    for kind in (
        Content.IMAGE,
        Content.AUDIO,
        Content.VOICE,
        Content.VIDEO,
        Content.DOCUMENT,
    )
}

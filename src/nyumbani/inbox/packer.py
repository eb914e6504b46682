"""Making what leaves of a file: in a cell, sealed, and the original sealed beside it."""

from pathlib import Path

from django.conf import settings

from nyumbani.domain import sound
from nyumbani.inbox.actions.parcels import Packed
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.channels.filing import Parcel
from nyumbani.inbox.terms import LARGEST_SENT
from nyumbani.kit import cells, wrapping
from nyumbani.kit.wrapping import NotWrapped
from nyumbani.vault.files import SealedFile, private_folder, seal_file

# What she finds on her telephone: a name that says nothing to whoever looks at it.
_LEAVES = {
    "image/jpeg": (Content.IMAGE, "picture.jpg"),
    "image/png": (Content.IMAGE, "picture.png"),
    wrapping.PDF: (Content.DOCUMENT, "document.pdf"),
    "audio/ogg": (Content.VOICE, "voice.ogg"),
    "audio/mpeg": (Content.AUDIO, "sound.mp3"),
    "audio/mp4": (Content.AUDIO, "sound.m4a"),
}


class NotPacked(Exception):
    """The file does not leave; `why` says what is wrong with it."""

    def __init__(self, why: NotWrapped) -> None:
        super().__init__(why)
        self.why = why


def pack(source: Path, *, name: str, claimed: str, scope: str) -> Packed:
    """Make what may leave of a chosen file and seal both; raises NotPacked, then nothing is kept.

    Only one file is in memory at a time, and it is read in a child process alone.
    """
    size = source.stat().st_size
    if size == 0 or size > LARGEST_SENT:
        raise NotPacked(NotWrapped.TOO_LARGE if size else NotWrapped.EMPTY)
    with private_folder() as place:
        try:
            kind, drawn = cells.run(
                wrapping.CODE, source.read_bytes(), place, longest=LARGEST_SENT + 1024
            )
        except cells.NoAnswer:
            raise NotPacked(NotWrapped.STOPPED) from None
        if kind not in _LEAVES or not drawn:
            known = NotWrapped(kind) if kind in set(NotWrapped) else NotWrapped.BROKEN
            raise NotPacked(known)
        if not wrapping.is_as_said(kind, claimed, name):
            raise NotPacked(NotWrapped.NOT_AS_SAID)
        target = place / "leaves"
        target.write_bytes(drawn)
        leaves = seal_file(target, scope)
    content, called = _LEAVES[kind]
    seconds = sound.seconds_of(drawn[: sound.TAIL], drawn[-sound.TAIL :])
    return Packed(
        Parcel(content, kind, leaves.size, called), scope, leaves, seal_file(source, scope),
        name[-100:], seconds if content in {Content.VOICE, Content.AUDIO} else None,
    )  # fmt: skip


def throw_away(packed: Packed) -> None:
    """It does not leave after all: no row speaks of what was sealed for it."""
    for one in (packed.leaves, packed.original):
        _path_of(one).unlink(missing_ok=True)


def _path_of(sealed: SealedFile) -> Path:
    return Path(settings.NYUMBANI_DATA) / sealed.path

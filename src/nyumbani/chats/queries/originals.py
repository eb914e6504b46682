"""Opening what was brought in: the original as it came, and the files beside the chat."""

import re
from typing import BinaryIO

from nyumbani.accounts.viewers import Viewer
from nyumbani.chats.models import ChatExport, ChatFile
from nyumbani.vault.envelope import CannotOpen
from nyumbani.vault.files import SealedFile, opened_file

# Names come from strangers: no folders, no controls, nothing that reads backwards.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:\u202a-\u202e\u2066-\u2069]")


def opened(viewer: Viewer, row: ChatExport | ChatFile) -> BinaryIO | None:
    """The plain bytes of what the viewer has found; None where it does not open any more.

    Its private folder is gone already: the bytes live as long as the stream is open.
    """
    if not viewer.may_read_cases:
        return None
    try:
        sealed = SealedFile(row.path, row.sha256, row.size)
        with opened_file(sealed, row.seal_scope) as plain:
            return plain.open("rb")
    except CannotOpen:
        return None


def name_of(viewer: Viewer, row: ChatExport | ChatFile) -> str:  # noqa: ARG001 - found already
    """What to call it on a disk: as it was called, without what could mislead."""
    return _UNSAFE.sub("_", row.name)[-100:] or f"file-{row.pk}"

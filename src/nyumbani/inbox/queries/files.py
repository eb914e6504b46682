"""Opening attached files."""

import re

from nyumbani.accounts.viewers import Viewer
from nyumbani.inbox.models.messages import Attachment
from nyumbani.inbox.terms import Keeping
from nyumbani.vault.envelope import CannotOpen
from nyumbani.vault.files import SealedFile, open_file

_HERE = {Keeping.KEPT, Keeping.CHANGED}
# Names come from strangers: no folders, no controls, nothing that reads backwards.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:\u202a-\u202e\u2066-\u2069]")


def content_of(viewer: Viewer, file: Attachment) -> bytes | None:
    """What a file holds; None where it is not here, or does not open any more."""
    if file.keeping not in _HERE or not viewer.may_read_cases:
        return None
    try:
        return open_file(SealedFile(file.path, file.sha256, file.size or 0), file.seal_scope)
    except CannotOpen:
        return None


def name_of(viewer: Viewer, file: Attachment) -> str:
    """What to call a file on a disk: as its sender did, without what could mislead."""
    return plain_name(viewer, str(file.source.get("name") or "")) or f"file-{file.id}"


def plain_name(viewer: Viewer, given: str) -> str:  # noqa: ARG001 - of a file found already
    """A name without folders, controls and what reads backwards."""
    return _UNSAFE.sub("_", given)[-100:]

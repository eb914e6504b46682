"""Opening the original of a list, as it came."""

import re
from typing import BinaryIO

from nyumbani.accounts.viewers import Viewer
from nyumbani.sheets.models import BroughtSheet
from nyumbani.vault.envelope import CannotOpen
from nyumbani.vault.files import SealedFile, opened_file

# Names come from strangers: no folders, no controls, nothing that reads backwards.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:\u202a-\u202e\u2066-\u2069]")


def opened(viewer: Viewer, row: BroughtSheet) -> BinaryIO | None:
    """The plain bytes of a list the viewer has found; None where it does not open any more."""
    if not viewer.may_read_cases:
        return None
    try:
        sealed = SealedFile(row.path, row.sha256, row.size)
        with opened_file(sealed, row.seal_scope) as plain:
            return plain.open("rb")
    except CannotOpen:
        return None


def name_of(viewer: Viewer, row: BroughtSheet) -> str:  # noqa: ARG001 - found already
    """What to call it on a disk: as it was called, without what could mislead."""
    return _UNSAFE.sub("_", row.name)[-100:] or f"list-{row.pk}"

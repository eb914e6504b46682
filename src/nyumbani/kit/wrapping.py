"""What leaves of a file of ours, and why some do not leave: the words both sides of a cell use.

The cell's own part stands in `nyumbani.kit.redrawing`, which no room imports: it loads a renderer.
"""

from enum import StrEnum

CODE = "from nyumbani.kit import redrawing; redrawing.main()"
"""What a cell runs to make what may leave."""

MOST_PAGES = 30
"""Of a PDF: every page is drawn anew, and a telephone pays for each."""

PDF = "application/pdf"
KINDS = frozenset({"image/jpeg", "image/png", PDF, "audio/ogg", "audio/mpeg", "audio/mp4"})
"""The types of what leaves; nothing else does."""


class NotWrapped(StrEnum):
    """Why a file does not leave."""

    EMPTY = "empty"
    OTHER_KIND = "other_kind"  # none of the kinds that are sent
    NOT_AS_SAID = "not_as_said"  # its name says one thing, its bytes another
    ACTIVE = "active"  # it could run something
    TWO_KINDS = "two_kinds"
    LOCKED = "locked"  # a PDF under a password
    TOO_LONG = "too_long"  # a PDF of more pages than are drawn
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    STOPPED = "stopped"


_FAMILIES = {
    "picture": ("jpg", "jpeg", "png", "webp", "gif"),
    "pdf": ("pdf",),
    "sound": ("ogg", "oga", "opus", "mp3", "m4a", "mp4", "aac"),
}
# Recorders call sound "video", and some telephones say nothing at all.
_SAYS_NOTHING = {"", "application/octet-stream", "application/ogg", "video/ogg", "video/mp4"}


def is_as_said(kind: str, claimed: str, name: str) -> bool:
    """Whether a file is of the family that its name and its announcement speak of."""
    said = {_family(claimed.partition(";")[0].strip().lower()), _of_name(name)} - {""}
    return said <= {_family(kind)}


def _family(kind: str) -> str:
    if kind in _SAYS_NOTHING:
        return ""
    if kind in {PDF, "application/x-pdf"}:
        return "pdf"
    return {"image": "picture", "audio": "sound"}.get(kind.partition("/")[0], "other")


def _of_name(name: str) -> str:
    _, dot, ending = name.rpartition(".")
    if not dot:
        return ""
    found = (what for what, known in _FAMILIES.items() if ending.lower() in known)
    return next(found, "other")

"""The permanent unique key of an item: the same item gives the same key in any batch."""

import hashlib
import json

LONGEST = 400  # characters of a key; platform ids are far shorter


def key(what: str, *parts: str) -> str:
    """`what` and its parts as one unambiguous line of ASCII, e.g. `["message","1069…","wamid…"]`.

    A part may hold any character, so they are not merely joined. An absurdly long key becomes a
    digest of itself.
    """
    line = _line([what, *parts])
    return line if len(line) <= LONGEST else _line([what, _sha256(line)])


def digest_of(item: object) -> str:
    """SHA-256 (hex) of what an item says, whatever the order of its names: for items without id."""
    return _sha256(json.dumps(item, sort_keys=True, ensure_ascii=True, separators=(",", ":")))


def _line(parts: list[str]) -> str:
    return json.dumps(parts, ensure_ascii=True, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()

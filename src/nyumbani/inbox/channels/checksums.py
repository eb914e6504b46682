"""The checksum a platform claims for a file, in the one form we keep: lower-case hex."""

import base64
import binascii
import re

from nyumbani.kit.phrases import gettext_noop

_HEX = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
_BYTES = 32


def as_hex(claimed: str) -> tuple[str, tuple[str, ...]]:
    """A SHA-256 claimed in base64 (the rule) or hex (seen in the phone's history).

    What is neither gives an empty checksum and a note: then only our own is known.
    """
    if not claimed:
        return "", ()
    if _HEX.fullmatch(claimed):
        return claimed.lower(), ()
    try:
        # Padding may have been lost on the way; the url alphabet has been seen, too.
        plain = claimed.rstrip("=").translate(str.maketrans("-_", "+/"))
        found = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        found = b""
    return (
        (found.hex(), ())
        if len(found) == _BYTES
        else ("", (gettext_noop("checksum not understood"),))
    )

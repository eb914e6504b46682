"""How long a voice note is, from the first and the last bytes of its file."""

import struct

TAIL = 65_536
"""How many of the last bytes are needed: an Ogg page is no longer than this."""

_OPUS_RATE = 48_000  # Opus counts in these whatever it was recorded at
_LONGEST = 24 * 3600  # what claims more is damaged


def seconds_of(head: bytes, tail: bytes) -> int | None:
    """The length in whole seconds; None where the file does not say, or not in a way we read."""
    if not head.startswith(b"OggS"):
        return None
    rate, skipped = _rate(head)
    last = tail.rfind(b"OggS")
    if not rate or last < 0 or len(tail) < last + 14:
        return None
    (granule,) = struct.unpack_from("<q", tail, last + 6)
    seconds = (granule - skipped) / rate
    return max(1, round(seconds)) if 0 < seconds <= _LONGEST else None


def _rate(head: bytes) -> tuple[int, int]:
    """Samples a second, and how many of the first are not played; zeros where it is unknown."""
    opus, vorbis = head.find(b"OpusHead"), head.find(b"\x01vorbis")
    if opus >= 0 and len(head) >= opus + 12:
        return _OPUS_RATE, struct.unpack_from("<H", head, opus + 10)[0]
    if vorbis >= 0 and len(head) >= vorbis + 16:
        return struct.unpack_from("<I", head, vorbis + 12)[0], 0
    return 0, 0

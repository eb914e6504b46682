"""Pictures from strangers, drawn anew before anybody looks at them.

What a browser gets was written by us, pixel by pixel: no hidden payload, no second format, no place
or device in its margins. The original stays sealed as it came.

A few kilobytes can unfold into gigabytes. So what a picture says of its size is looked at before
anything is unfolded, and a process draws one picture at a time, however many are asked for.
"""

import io
import threading
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 12_000_000
"""Pixels above which a picture is not opened: all of them are in memory at once, several times."""

LARGEST_IN_STRIPES = 50_000_000
"""The same for plain JPEG, which is made smaller while it is read, some lines at a time."""

SIDE = 1600
"""Pixels of the longer side of what is shown."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_one_at_a_time = threading.Lock()

Image.MAX_IMAGE_PIXELS = LARGEST_IN_STRIPES


class NotAPicture(ValueError):
    """These bytes are no picture of a kind we open, or one too large to open."""


class TooLarge(NotAPicture):
    """A picture that would unfold into more than is opened."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as we drew it."""

    content: bytes
    mime_type: str


def for_viewing(content: bytes) -> Picture:
    """The picture, upright, at most `SIDE` pixels long, as JPEG, or PNG where it is see-through.

    Raises NotAPicture.
    """
    try:
        with _one_at_a_time, warnings.catch_warnings():
            # Pillow warns of what may be a bomb; here a warning is a refusal.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
                return _drawn(opened)
    except NotAPicture:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NotAPicture("this is not a picture we can open") from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise TooLarge("this picture is too large to open") from error


def _drawn(opened: Image.Image) -> Picture:
    # A progressive JPEG is kept whole while it is read, like the other formats.
    in_stripes = opened.format == "JPEG" and not opened.info.get("progressive")
    if opened.width * opened.height > (LARGEST_IN_STRIPES if in_stripes else LARGEST):
        raise TooLarge("this picture is too large to open")
    # Smaller first (of JPEG only what is needed is read), then upright: what is turned is copied.
    opened.thumbnail((SIDE, SIDE))
    ImageOps.exif_transpose(opened, in_place=True)
    out = io.BytesIO()
    if opened.has_transparency_data:
        _bare(opened.convert("RGBA")).save(out, "PNG", optimize=True)
        return Picture(out.getvalue(), "image/png")
    _bare(opened.convert("RGB")).save(out, "JPEG", quality=80, optimize=True)
    return Picture(out.getvalue(), "image/jpeg")


def _bare(drawn: Image.Image) -> Image.Image:
    """Without remarks and profiles, which would be written along."""
    drawn.info.clear()
    return drawn

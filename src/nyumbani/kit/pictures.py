"""Pictures from strangers, drawn anew before anybody looks at them.

What a browser gets was written by us, pixel by pixel: no hidden payload, no second format, no place
or device in its margins. The original stays sealed as it came.
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 50_000_000
"""Pixels above which a picture is not opened: it would fill the memory of the house."""

SIDE = 1600
"""Pixels of the longer side of what is shown."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

Image.MAX_IMAGE_PIXELS = LARGEST


class NotAPicture(ValueError):
    """These bytes are no picture of a kind we open, or one too large to open."""


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
        with warnings.catch_warnings():
            # Pillow warns of what may be a bomb; here a warning is a refusal.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
                return _drawn(opened)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NotAPicture("this is not a picture we can open") from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise NotAPicture("this picture is too large to open") from error


def _drawn(opened: Image.Image) -> Picture:
    if opened.width * opened.height > LARGEST:  # whatever another thread did to the warnings
        raise NotAPicture("this picture is too large to open")
    opened.draft("RGB", (SIDE, SIDE))
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((SIDE, SIDE))
    out = io.BytesIO()
    if upright.has_transparency_data:
        upright.convert("RGBA").save(out, "PNG", optimize=True)
        return Picture(out.getvalue(), "image/png")
    upright.convert("RGB").save(out, "JPEG", quality=80, optimize=True)
    return Picture(out.getvalue(), "image/jpeg")

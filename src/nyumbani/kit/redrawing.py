"""What a cell does with a file of ours before it leaves: everything but what is seen or heard goes.

Pictures and pages are drawn anew, pixel by pixel; sound keeps its frames alone. Loaded in a cell
only: the renderer of PDF has no engine for scripts, follows no links and fetches nothing.
"""

import io
import math
import re
import sys
from collections.abc import Callable

import pypdfium2 as pdfium
from PIL import Image

from nyumbani.kit import cell, pictures, sniffing, sounds
from nyumbani.kit.sniffing import NotShown
from nyumbani.kit.wrapping import MOST_PAGES, PDF, NotWrapped

WIDTH = 1100  # pixels across: a page of A4 at 133 dots an inch, on which small print reads
_PIXELS = 4_000_000  # of one page
_LARGEST_SIDE = 14_400.0  # points, the format's own limit
_PDF_TAIL = 2048  # what may follow a PDF's end; more is another file
_DOTS = 133.0
_LOCKED = {pdfium.raw.FPDF_ERR_PASSWORD, pdfium.raw.FPDF_ERR_SECURITY}
_SOUNDS: tuple[tuple[str, re.Pattern[bytes], Callable[[bytes], bytes]], ...] = (
    ("audio/ogg", re.compile(rb"OggS"), sounds.clean_ogg),
    ("audio/mpeg", re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"), sounds.clean_mp3),
    ("audio/mp4", re.compile(rb".{4}ftyp", re.DOTALL), sounds.clean_m4a),
)
_SAME = {NotShown.ACTIVE: NotWrapped.ACTIVE, NotShown.TWO_KINDS: NotWrapped.TWO_KINDS}


class NotRedrawn(Exception):
    """Nothing of it may leave, for this reason."""

    def __init__(self, why: NotWrapped) -> None:
        super().__init__(why)
        self.why = why


def main() -> None:
    """Read a file from the input and answer with what may leave, or why nothing may."""
    try:
        kind, content = redrawn(sys.stdin.buffer.read())
    except NotRedrawn as refusal:
        cell.answer(refusal.why)
    except (pictures.TooLarge, MemoryError):
        cell.answer(NotWrapped.TOO_LARGE)
    except (pictures.NotAPicture, sounds.NotSound):
        cell.answer(NotWrapped.BROKEN)
    else:
        cell.answer(kind, content)


def redrawn(content: bytes) -> tuple[str, bytes]:
    """The type and the bytes that may leave; raises NotRedrawn, NotAPicture or NotSound."""
    if not content:
        raise NotRedrawn(NotWrapped.EMPTY)
    if content.startswith(b"%PDF-"):
        return PDF, _pages(content)
    for kind, begins, clean in _SOUNDS:
        if begins.match(content):
            return kind, clean(content)
    why_not = sniffing.refusal(content, "image/jpeg")
    if why_not is not None:
        raise NotRedrawn(_SAME.get(why_not, NotWrapped.OTHER_KIND))
    drawn = pictures.for_viewing(content)
    return drawn.mime_type, drawn.content


def _pages(content: bytes) -> bytes:
    """A PDF of nothing but pictures of its pages."""
    end = content.rfind(b"%%EOF")
    if end >= 0 and (len(content) - end > _PDF_TAIL or sniffing.holds_archive(content)):
        raise NotRedrawn(NotWrapped.TWO_KINDS)
    try:
        paper = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        is_locked = error.err_code in _LOCKED
        raise NotRedrawn(NotWrapped.LOCKED if is_locked else NotWrapped.BROKEN) from error
    if not 1 <= len(paper) <= MOST_PAGES:
        raise NotRedrawn(NotWrapped.TOO_LONG if len(paper) else NotWrapped.BROKEN)
    paper.init_forms()  # else the boxes of a form are drawn empty, whatever was filled in
    drawn = [_page(paper, number) for number in range(len(paper))]
    out = io.BytesIO()
    # No title, no moment of making: Pillow would write both.
    drawn[0].save(
        out, "PDF", save_all=True, append_images=drawn[1:], resolution=_DOTS, quality=75,
        title=None, creationDate=None, modDate=None,
    )  # fmt: skip
    return out.getvalue()


def _page(paper: pdfium.PdfDocument, number: int) -> Image.Image:
    """One page; a page that cannot be drawn keeps the whole paper here."""
    try:
        page = paper[number]
    except pdfium.PdfiumError as error:
        raise NotRedrawn(NotWrapped.BROKEN) from error
    wide, tall = page.get_size()
    if not (0 < wide <= _LARGEST_SIDE and 0 < tall <= _LARGEST_SIDE):
        raise NotRedrawn(NotWrapped.TOO_LARGE)
    scale = min(WIDTH / wide, math.sqrt(_PIXELS / (wide * tall)))
    bitmap = page.render(scale=scale, limit_image_cache=True, prefer_bgrx=True)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    page.close()
    return picture

"""What a cell does with a PDF: draws its first pages anew, or says why not.

Loaded in a cell alone. The renderer is built without any engine for scripts, follows no links and
fetches nothing; a file that would run something elsewhere is refused all the same, because whoever
looks at the pages here may open the original there.
"""

import io
import math
import re
import sys
import time

import pypdfium2 as pdfium
from PIL import Image, ImageChops

from nyumbani.kit import cell, leaves
from nyumbani.kit.leaves import Leaf
from nyumbani.kit.scripts import Bomb, runs_something
from nyumbani.kit.sniffing import NotShown

WIDTH = 1100
"""Pixels across: a page of A4 at 133 dots an inch, on which the small print of a contract reads."""

PIXELS = 4_000_000
"""Of one page: a scroll of a page is drawn narrower instead."""

TALLEST = 8_000  # pixels; JPEG itself ends at 65,535
MOST_PAGES = 2_000
"""Papers of more pages are not opened: nobody sends them to be read here."""

LARGEST_SIDE = 14_400.0
"""Points: the format's own limit, 200 inches. What claims more wants to fill the memory."""

ENOUGH = 8.0
"""Seconds of the processor after which no further page is begun, of the cell's fifteen."""

LONG_ENOUGH = 15.0
"""The same of the wall clock, of the cell's 25: a busy machine draws fewer pages, not none."""

_ROOM = cell.ANSWER - 512 * 1024  # bytes of pictures; the rest is for words
_MOST_SIGNS = 100_000  # on one page; beyond it its words are not read out
# Controls, signs that turn the reading direction, and what stands for no letter.
_NOT_WORDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_COLOURLESS = 16  # of 255: what a grey scan may lean to a colour
_LOCKED = {pdfium.raw.FPDF_ERR_PASSWORD, pdfium.raw.FPDF_ERR_SECURITY}


class NotDrawn(Exception):
    """There is nothing to look at, for this reason."""

    def __init__(self, why: NotShown) -> None:
        super().__init__(why)
        self.why = why


def main() -> None:
    """Read a PDF from the input and answer with its pages."""
    try:
        drawn = for_viewing(sys.stdin.buffer.read())
    except NotDrawn as not_drawn:
        cell.answer(not_drawn.why)
    except MemoryError:
        cell.answer(NotShown.TOO_LARGE)
    else:
        cell.answer(leaves.KIND, drawn)


def for_viewing(content: bytes) -> bytes:
    """The first pages as pictures with their words, bound. Raises NotDrawn."""
    try:
        if runs_something(content):
            raise NotDrawn(NotShown.ACTIVE)
    except Bomb as error:
        raise NotDrawn(NotShown.TOO_LARGE) from error
    paper = _opened(content)
    if not 1 <= len(paper) <= MOST_PAGES:
        raise NotDrawn(NotShown.TOO_LARGE if len(paper) else NotShown.BROKEN)
    drawn = _drawn(paper)
    if not any(leaf.picture for leaf in drawn):
        raise NotDrawn(NotShown.BROKEN)
    return leaves.bind(len(paper), drawn)


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        paper = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = error.err_code in _LOCKED
        raise NotDrawn(NotShown.LOCKED if locked else NotShown.BROKEN) from error
    # What the search through the bytes cannot see: scripts of a paper that is encrypted.
    if pdfium.raw.FPDFDoc_GetJavaScriptActionCount(paper) > 0:
        raise NotDrawn(NotShown.ACTIVE)
    # Without this the boxes of a form are drawn empty, whatever was filled in.
    paper.init_forms()
    return paper


def _drawn(paper: pdfium.PdfDocument) -> list[Leaf]:
    drawn: list[Leaf] = []
    room, begun = _ROOM, time.monotonic()
    for number in range(min(len(paper), leaves.MOST)):
        if time.process_time() > ENOUGH or time.monotonic() - begun > LONG_ENOUGH:
            break
        leaf = _leaf(paper, number)
        room -= len(leaf.picture)
        if room < 0:
            break
        drawn.append(leaf)
    return drawn


def _leaf(paper: pdfium.PdfDocument, number: int) -> Leaf:
    try:
        page = paper[number]
    except pdfium.PdfiumError:
        return Leaf(b"")  # the others may be whole: the page says that this one is not
    try:
        return Leaf(_picture(page), _words(page))
    finally:
        page.close()


def _picture(page: pdfium.PdfPage) -> bytes:
    wide, tall = page.get_size()
    if not (0 < wide <= LARGEST_SIDE and 0 < tall <= LARGEST_SIDE):
        raise NotDrawn(NotShown.TOO_LARGE)
    scale = min(WIDTH / wide, TALLEST / tall, math.sqrt(PIXELS / (wide * tall)))
    bitmap = page.render(scale=scale, limit_image_cache=True, prefer_bgrx=True)
    drawn = bitmap.to_pil().convert("RGB")
    bitmap.close()
    photograph = _saved(drawn, "JPEG", quality=70)
    if not _is_grey(drawn):
        return photograph
    # Letters on white take a fraction of it where nothing is smoothed away.
    return min(photograph, _saved(drawn.convert("L"), "PNG"), key=len)


def _saved(drawn: Image.Image, form: str, **more: int) -> bytes:
    out = io.BytesIO()
    drawn.save(out, form, optimize=True, **more)
    return out.getvalue()


def _is_grey(drawn: Image.Image) -> bool:
    red, green, blue = drawn.split()
    apart = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return not any(any(one.histogram()[_COLOURLESS + 1 :]) for one in apart)


def _words(page: pdfium.PdfPage) -> str:
    """For whoever is read to, and for finding a number to copy: as the file has them."""
    try:
        found = page.get_textpage()
        if found.count_chars() > _MOST_SIGNS:
            return ""
        words = str(found.get_text_bounded())
    except pdfium.PdfiumError:
        return ""
    return _NOT_WORDS.sub("", words.replace("\r\n", "\n")).strip()[: leaves.TEXT]

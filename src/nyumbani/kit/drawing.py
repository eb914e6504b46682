"""What the child process does with a picture: draws it anew, or says why not."""

import sys

from nyumbani.kit import cell, pictures
from nyumbani.kit.sniffing import NotShown

CODE = "from nyumbani.kit import drawing; drawing.main()"


def main() -> None:
    """Read a picture from the input and answer with one of ours."""
    try:
        drawn = pictures.for_viewing(sys.stdin.buffer.read())
    except pictures.TooLarge:
        cell.answer(NotShown.TOO_LARGE)
    except (pictures.NotAPicture, MemoryError):
        cell.answer(NotShown.BROKEN)
    else:
        cell.answer(drawn.mime_type, drawn.content)

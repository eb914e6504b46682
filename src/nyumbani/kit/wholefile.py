"""Files that are there whole or not at all, and their owner's alone."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(to: Path, *, replace: bool = True) -> Iterator[BinaryIO]:
    """A file (mode 0600) that takes its name when it is whole and on disk; else nothing is left.

    With `replace=False` it never takes the name of a file that is there: raises FileExistsError,
    also for the later of two who write at once.
    """
    if not replace and to.exists():
        raise FileExistsError(f"{to} exists already")
    descriptor, name = tempfile.mkstemp(dir=to.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if replace:
            part.replace(to)
        else:
            _take_a_free_name(to, part)
        _store_names(to.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_whole(to: Path, text: str, *, replace: bool = True) -> None:
    """Write a small private file; makes its folder (mode 0700) where there is none."""
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with whole_file(to, replace=replace) as out:
        out.write(text.encode())


def _take_a_free_name(to: Path, part: Path) -> None:
    try:
        to.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        # A stick in FAT knows no second names: there the name is taken by an empty file first.
        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        part.replace(to)
    else:
        part.unlink()


def _store_names(folder: Path) -> None:
    """Have the new name on disk too: what is written elsewhere next may rely on it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

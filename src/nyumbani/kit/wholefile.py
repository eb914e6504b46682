"""Files that are there whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(to: Path) -> Iterator[BinaryIO]:
    """A file (mode 0600) that takes its name when it is whole and on disk; else nothing is left."""
    descriptor, name = tempfile.mkstemp(dir=to.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(to)
    except BaseException:
        part.unlink(missing_ok=True)
        raise

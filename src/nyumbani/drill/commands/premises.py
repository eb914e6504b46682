"""The folders a demonstration lives in: made for it alone, and gone when it ends."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nyumbani.drill.terms import MARK
from nyumbani.kit.console import CannotDo


@dataclass(frozen=True, slots=True)
class Premises:
    """Where one demonstration keeps what it makes."""

    root: Path
    is_temporary: bool = True

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.root / "data"

    @property
    def keys(self) -> Path:
        """The keys folder: beside the data, as in a real house, never inside."""
        return self.root / "keys"

    @property
    def log(self) -> Path:
        """What the house says of itself: not for the terminal, where the link must be seen."""
        return self.root / "log"

    def clear(self) -> None:
        """Throw away what an earlier demonstration made here, and nothing else."""
        for folder in (self.data, self.keys):
            shutil.rmtree(folder, ignore_errors=True)
        self.log.unlink(missing_ok=True)
        self.furnish()

    def furnish(self) -> None:
        """Make the folders, open to their owner alone."""
        for file in (self.root / MARK, self.log):
            file.touch(mode=0o600)
        for folder in (self.data, self.keys):
            folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def premises(keep: Path | None, *, fresh: bool) -> Iterator[Premises]:
    """New premises, thrown away at the end; or `keep`, which stays as it is then.

    Raises CannotDo if `keep` holds something else, or an earlier demonstration and not `fresh`.
    """
    if keep is not None:
        yield _kept(keep, fresh=fresh)
        return
    # mkdtemp: mode 0700, and a name nobody can have taken before.
    root = Path(tempfile.mkdtemp(prefix="nyumbani-demo-"))
    try:
        made = Premises(root)
        made.furnish()
        yield made
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _kept(folder: Path, *, fresh: bool) -> Premises:
    found = Premises(folder.resolve(), is_temporary=False)
    holds = {path.name for path in found.root.iterdir()} if found.root.is_dir() else set()
    if found.root.exists() and not found.root.is_dir():
        raise CannotDo(f"{folder} is not a folder")
    if holds and MARK not in holds:
        raise CannotDo(f"{folder} holds something else: name an empty or a new folder")
    if holds and not fresh:
        raise CannotDo(f"{folder} holds an earlier demonstration: --fresh throws it away")
    found.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    found.clear()
    return found

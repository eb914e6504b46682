"""What was found out about some bytes, remembered so that it is found out once."""

from collections.abc import Callable
from typing import TypeVar

MOST = 100_000  # an honest file has fewer days, times of day and names; a hostile one may not
Found = TypeVar("Found")


class Remembered(dict[bytes, Found]):
    """Looked up like a dictionary, filled by `find`, and of bounded size."""

    def __init__(self, find: Callable[[bytes], Found], most: int = MOST) -> None:
        super().__init__()
        self.find, self.most = find, most

    def __missing__(self, key: bytes) -> Found:
        if len(self) >= self.most:
            self.clear()
        found = self[key] = self.find(key)
        return found

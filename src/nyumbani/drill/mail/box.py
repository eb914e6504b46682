"""A box at the simulated provider: what lies in it, and who may look."""

import threading
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Box:
    """One address of ours. `faults` are named by what goes wrong the next time: see the servers."""

    address: str
    name: str = "box"
    password: str = "invented-password"  # noqa: S105 - of an invented box
    validity: int = 1
    letters: dict[int, bytes] = field(default_factory=dict)  # by number, exactly as they came
    faults: dict[str, int] = field(default_factory=dict)
    fates: dict[str, deque[tuple[str, int]]] = field(default_factory=lambda: defaultdict(deque))
    brought: Counter[str] = field(default_factory=Counter)  # how often a letter to whom was tried
    lock: threading.Lock = field(default_factory=threading.Lock)

    def lay(self, raw: bytes) -> int:
        """Lay a letter into the box; answers its number."""
        with self.lock:
            number = max(self.letters, default=0) + 1
            self.letters[number] = raw
            return number

    def strike(self, step: str, to: str = "") -> int:
        """The fault that strikes at this step now, struck off; 0 when all is well.

        `fates` hold, by whom a letter is for, what goes wrong with it, one thing after the other.
        """
        with self.lock:
            planned = self.fates.get(to)
            if planned and planned[0][0] == step:
                return planned.popleft()[1]
            return self.faults.pop(step, 0)

    def renumber(self) -> None:
        """The server was mended: every letter has another number, and earlier ones mean nothing."""
        with self.lock:
            kept = list(self.letters.values())
            self.letters = dict(enumerate(kept, start=101))
            self.validity += 1

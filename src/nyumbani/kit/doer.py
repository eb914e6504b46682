"""Who does something, as the floors below `accounts` need to know it: by a name for the ledger."""

from dataclasses import dataclass
from typing import Protocol


class Doer(Protocol):
    """Anybody or anything that acts; `accounts.viewers.Actor` is the human kind."""

    @property
    def ledger_name(self) -> str:
        """`staff:<id>` or `system:<part>`: never a person's name."""


@dataclass(frozen=True, slots=True)
class System:
    """A part of the system that acts by itself, such as `System("worker")`."""

    part: str

    @property
    def ledger_name(self) -> str:
        """The part's name in the ledger."""
        return f"system:{self.part}"

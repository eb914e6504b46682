"""What a mail provider and the people who use it ask of each other."""

from typing import Protocol


class Letterbox(Protocol):
    """Somebody with an address of her own."""

    @property
    def address(self) -> str:
        """Where letters reach her."""

    def arrive(self, contents: bytes) -> None:
        """A letter of ours came."""


class Post(Protocol):
    """Whoever carries letters."""

    def join(self, person: Letterbox) -> None:
        """Let this person be written to."""

    def wrote(self, raw: bytes) -> int:
        """Take a letter to us."""

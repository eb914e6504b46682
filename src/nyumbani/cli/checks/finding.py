"""What a check found."""

import enum
from dataclasses import dataclass


class Level(enum.StrEnum):
    """How it stands."""

    GOOD = "good"
    WORRY = "worry"  # somebody should look at it soon
    RED = "red"  # somebody must look at it now


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one thing."""

    about: str
    level: Level
    says: str


def good(about: str, says: str) -> Finding:
    """All is as it should be."""
    return Finding(about, Level.GOOD, says)


def worry(about: str, says: str) -> Finding:
    """Somebody should look at it soon."""
    return Finding(about, Level.WORRY, says)


def red(about: str, says: str) -> Finding:
    """Somebody must look at it now."""
    return Finding(about, Level.RED, says)

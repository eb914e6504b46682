"""Chance comes from outside: one seed, one story."""

from random import Random


def dice(seed: int | None) -> Random:
    """A source of chance; the same seed gives the same throws, None throws anew each time."""
    return Random(seed)  # noqa: S311  # nosec B311 - for invented traffic, never for keys

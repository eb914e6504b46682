"""Chance comes from outside: one seed, one story."""

from random import Random


def dice(seed: int | None) -> Random:
    """A source of chance; the same seed gives the same throws, None throws anew each time."""
    # For invented traffic, never for keys.
    return Random(seed)  # noqa: S311  # nosec B311

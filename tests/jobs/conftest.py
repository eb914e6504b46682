"""Kinds of work that tests make up, and where their effects are counted."""

from collections.abc import Callable, Iterator

import pytest

from nyumbani.jobs import registry
from nyumbani.jobs.registry import Function
from nyumbani.kit.doer import System
from tests.hands import forget_kind

ROOM = System("tests")


@pytest.fixture
def teach() -> Iterator[Callable[..., None]]:
    """`teach("probe.count", function)`: that kind is known until the test ends."""
    taught: list[str] = []

    def learn(kind: str, function: Function, *, outside: bool = False) -> None:
        registry.handler(kind, outside=outside)(function)
        taught.append(kind)

    yield learn
    for kind in taught:
        forget_kind(kind)

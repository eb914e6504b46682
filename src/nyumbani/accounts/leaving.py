"""What somebody still answers for when they leave, or when a role of theirs ends.

Cases and conversations belong to rooms above this one. Those rooms register here, from an
`AppConfig.ready()`, how such work passes to a colleague; the verbs of this room ask here first.
"""

from collections.abc import Callable
from dataclasses import dataclass

from nyumbani.accounts.terms import NotPossible, Role
from nyumbani.accounts.viewers import Actor


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody who is about to leave, or to do less."""

    staff_id: str
    roles: frozenset[Role]  # what they still do afterwards
    to: str  # the colleague who takes over, by id; empty: nobody is named yet
    by: Actor


TakeOver = Callable[[Leaving], list[str]]
"""Passes on what `Leaving.to` takes over. With nobody named it changes nothing and returns what is
still held, as numbers people say aloud (NYB-7, P-12): whoever looks after staff reads no more."""


class StillHeld(NotPossible):
    """Nobody was named who takes over; `things` are the numbers of what is still held."""

    def __init__(self, things: list[str]) -> None:
        super().__init__(", ".join(things))
        self.things = things


_registered: dict[str, TakeOver] = {}


def before_leaving(name: str, take_over: TakeOver) -> None:
    """Have this done before anybody leaves; registering a name again replaces it."""
    _registered[name] = take_over


def ask_who_takes_over(leaving: Leaving) -> None:
    """See that nobody loses sight of anybody: raises `StillHeld` until a colleague is named."""
    still = [thing for take_over in _registered.values() for thing in take_over(leaving)]
    if still:
        raise StillHeld(still)

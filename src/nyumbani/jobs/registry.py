"""Which function does which kind of job, and what a function is told about its job."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from nyumbani.jobs import terms
from nyumbani.kit.doer import Doer


@dataclass(frozen=True, slots=True)
class Running:
    """A job in the hands of its function."""

    id: str
    kind: str
    data: Mapping[str, str | int]
    attempt: int  # from 1; higher when it failed or was broken off before
    progress: Callable[[int, int], None] = field(repr=False)
    """`progress(done, total)`: shown on the page, and a heartbeat.

    Only for work outside: a plain kind is one transaction, of which nothing is seen until its end.
    """
    heartbeat: Callable[[], None] = field(repr=False)
    """Say that the work goes on; raises `LeaseLost` when somebody else has it."""
    done: Callable[[], None] = field(repr=False)
    """For work outside: set the done-mark now, inside the function's own transaction.

    Outcome and done-mark are then stored together or not at all; raises `LeaseLost` when somebody
    else has the job, which rolls the outcome back.
    """

    def text(self, name: str) -> str:
        """The text called `name` in the job's data; raises KeyError or TypeError."""
        value = self.data[name]
        if not isinstance(value, str):
            raise TypeError(f"{name} is not a text")
        return value

    def number(self, name: str) -> int:
        """The number called `name` in the job's data; raises KeyError or TypeError."""
        value = self.data[name]
        if not isinstance(value, int):
            raise TypeError(f"{name} is not a number")
        return value


Function = Callable[[Running], None]


@dataclass(frozen=True, slots=True)
class Handler:
    """A kind's function, and whether its effects lie outside the database."""

    run: Function
    outside: bool


_handlers: dict[str, Handler] = {}


def handler(kind: str, *, outside: bool = False) -> Callable[[Function], Function]:
    """Make the decorated function the one that does jobs of this kind.

    Plain kinds run in one transaction with their done-mark: what they write in the database is
    there exactly once, or, if they raise, not at all. On SQLite that transaction is the only
    writer, so keep them short. `outside=True` is for work with the outside world: no transaction
    surrounds it, its lease is renewed beside it, and after a crash it may be run a second time.
    """
    if not terms.KIND.fullmatch(kind):
        raise ValueError(f"a kind is <room>.<verb>, not {kind!r}")

    def register(function: Function) -> Function:
        known = _handlers.get(kind)
        if known is not None and known.run is not function:
            raise ValueError(f"{kind} is done by two functions")
        _handlers[kind] = Handler(function, outside=outside)
        return function

    return register


def find(kind: str) -> Handler | None:
    """The kind's function; None when no room knows it."""
    return _handlers.get(kind)


def is_outside(kind: str) -> bool:
    """Whether jobs of this kind work with the outside world; False when no room knows it."""
    known = _handlers.get(kind)
    return known is not None and known.outside


class Daily(Protocol):
    """A verb that does some of what there is to do, in a short transaction of its own."""

    def __call__(self, *, by: Doer) -> int:
        """How much was done, in rows; 0: that was all for today."""


_daily: dict[str, Daily] = {}


def daily(name: str, verb: Daily) -> None:
    """Have this done every morning; from a room's `AppConfig.ready()`. A name counts once."""
    _daily[name] = verb


def daily_verbs() -> list[tuple[str, Daily]]:
    """What is done every morning, by name."""
    return sorted(_daily.items())


class Plan(Protocol):
    """A verb that has the first of a chain of jobs done, unless it stands in the queue already."""

    def __call__(self, *, by: Doer) -> None:
        """Plan it, with a key, so that there is never more than one."""


_standing: dict[str, Plan] = {}


def standing(name: str, plan: Plan) -> None:
    """Have workers see to it, from their start on and every hour, that this is planned.

    For work that goes on for ever, each job planning the next. A name counts once.
    """
    _standing[name] = plan


def standing_plans() -> list[Plan]:
    """What workers see to, by name."""
    return [plan for _name, plan in sorted(_standing.items())]

"""n of N on the command line, for a person who waits; nothing where nobody looks."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

Item = TypeVar("Item")


def counted(items: Iterable[Item], total: int, words: str) -> Iterator[Item]:
    """The same items, while a bar on standard error says how many of `total` are done."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        yield from bar.track(items, total=total, description=words)


@contextmanager
def measured(words: str) -> Iterator[Callable[[int, int], None]]:
    """A bar for work that says itself how far it is: what is given is called `(done, total)`."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(words, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show

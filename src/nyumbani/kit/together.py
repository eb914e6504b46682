"""Many threads ask, one does it for all who wait: a commit costs one row what it costs ten."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Given = TypeVar("Given")
_MOST = 64  # done in one go, so that nobody waits long for the others


@dataclass(slots=True, eq=False)
class _Wish(Generic[Asked, Given]):
    asked: Asked
    given: list[Given]
    error: Exception | None = None


class Together(Generic[Asked, Given]):
    """Called like a function of one thing; `do` gets everything that was asked for meanwhile.

    `do` returns as many answers as it was asked, in that order. What it raises, all of them get:
    nobody is told that something was done which was not.
    """

    def __init__(self, do: Callable[[Sequence[Asked]], Sequence[Given]]) -> None:
        self._do = do
        self._turn = threading.Lock()
        self._waiting: deque[_Wish[Asked, Given]] = deque()

    def __call__(self, asked: Asked) -> Given:
        """Ask, and wait for the answer: at most one other round, then one's own."""
        wish: _Wish[Asked, Given] = _Wish(asked, [])
        self._waiting.append(wish)
        with self._turn:
            # Done already when whoever had the turn before took this wish along.
            while not wish.given and wish.error is None:
                self._serve(
                    [self._waiting.popleft() for _ in range(min(_MOST, len(self._waiting)))]
                )
        if wish.error is not None:
            raise wish.error
        return wish.given[0]

    def _serve(self, wishes: Sequence[_Wish[Asked, Given]]) -> None:
        try:
            answers = self._do([wish.asked for wish in wishes])
            for wish, answer in zip(wishes, answers, strict=True):
                wish.given.append(answer)
        except Exception as error:  # noqa: BLE001 - each asker raises it in a thread of its own
            for wish in wishes:
                wish.error = error
        except BaseException:
            # This process is told to stop: those who wait ask again in their own turn.
            self._waiting.extendleft(reversed(wishes))
            raise

"""Many threads ask and one of them does it for all."""

import threading
from collections.abc import Sequence

import pytest

from nyumbani.kit.together import Together

pytestmark = pytest.mark.pure


class Slow:
    """Work that waits in its first round until all others have asked."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, asked: Sequence[int]) -> list[int]:
        self.rounds.append(list(asked))
        self.begun.set()
        assert self.go_on.wait(10)
        return [one * 10 for one in asked]


def ask(together: Together[int, int], one: int, answers: dict[int, object]) -> threading.Thread:
    def asks() -> None:
        try:
            answers[one] = together(one)
        except BaseException as error:  # noqa: BLE001 - the test looks at it
            answers[one] = error

    thread = threading.Thread(target=asks, daemon=True)
    thread.start()
    return thread


def one_first_then_the_rest(work: Slow, together: Together[int, int]) -> dict[int, object]:
    answers: dict[int, object] = {}
    threads = [ask(together, 1, answers)]
    assert work.begun.wait(10)
    threads += [ask(together, one, answers) for one in range(2, 9)]
    while len(together._waiting) < 7:
        pass
    work.go_on.set()
    for thread in threads:
        thread.join(10)
    return answers


def test_who_asks_alone_is_answered_at_once() -> None:
    assert Together[int, int](lambda asked: [one + 1 for one in asked])(1) == 2


def test_all_who_wait_share_the_next_round_and_each_gets_his_own_answer() -> None:
    work = Slow()
    answers = one_first_then_the_rest(work, Together(work))
    assert answers == {one: one * 10 for one in range(1, 9)}
    assert [sorted(asked) for asked in work.rounds] == [[1], [2, 3, 4, 5, 6, 7, 8]]


def test_a_failure_reaches_everybody_who_was_in_that_round_and_nobody_else() -> None:
    class Full(Slow):
        def __call__(self, asked: Sequence[int]) -> list[int]:
            found = super().__call__(asked)
            if len(self.rounds) == 2:
                raise OSError("disk full")
            return found

    work = Full()
    together = Together(work)
    answers = one_first_then_the_rest(work, together)
    assert answers[1] == 10
    assert all(isinstance(answers[one], OSError) for one in range(2, 9))
    assert together(3) == 30


def test_too_few_answers_are_an_error_for_all() -> None:
    with pytest.raises(ValueError, match="zip"):
        Together[int, int](lambda _: [])(1)


def test_a_process_told_to_stop_answers_nobody_wrongly() -> None:
    class Stopped(Slow):
        def __call__(self, asked: Sequence[int]) -> list[int]:
            found = super().__call__(asked)
            if len(self.rounds) == 1:
                raise KeyboardInterrupt
            return found

    work = Stopped()
    answers = one_first_then_the_rest(work, Together(work))
    assert isinstance(answers[1], KeyboardInterrupt)
    assert {one: answers[one] for one in range(2, 9)} == {one: one * 10 for one in range(2, 9)}


def test_more_than_a_round_holds_go_in_several() -> None:
    work = Slow()
    work.go_on.set()
    together: Together[int, int] = Together(work)
    answers: dict[int, object] = {}
    with together._turn:
        threads = [ask(together, one, answers) for one in range(100)]
        while len(together._waiting) < 100:
            pass
    for thread in threads:
        thread.join(10)
    assert answers == {one: one * 10 for one in range(100)}
    assert max(len(asked) for asked in work.rounds) == 64

"""What commands say: answers on standard output, one clear line of trouble on standard error."""

import getpass
import json
import sys
from typing import TextIO

GOOD, FAILED, MISUSE = 0, 1, 2
"""Exit codes: done; not done, or something is red; asked for in a way nobody can follow."""


class CannotDo(Exception):
    """A command cannot do what was asked; the text is one clear line for the person who asked."""

    code = FAILED


class Misuse(CannotDo):
    """A command was asked for something that makes no sense; the text says what would."""

    code = MISUSE


def say(*lines: str) -> None:
    """Answer, one line each."""
    _write(sys.stdout, lines)


def warn(*lines: str) -> None:
    """Say what should not be overlooked, apart from the answer."""
    _write(sys.stderr, lines)


def say_json(value: object) -> None:
    """Answer with one JSON value, and nothing else, on standard output."""
    say(json.dumps(value, ensure_ascii=False, default=str))


def some(count: int, one: str, many: str = "") -> str:
    """`1 job`, `2 jobs`: the number and the word that goes with it."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def is_terminal() -> bool:
    """Whether a person can be asked something."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(question: str) -> str:
    """Ask for something that may be seen; without a terminal take one line of standard input."""
    if is_terminal():
        warn(question)
    return sys.stdin.readline().strip() if sys.stdin is not None else ""


def ask_secret(question: str, *, twice: bool = False) -> str:
    """Ask for something that must not be seen; without a terminal take one line of standard input.

    Raises CannotDo if nothing is given, or if the two answers differ.
    """
    if is_terminal():
        answer = getpass.getpass(f"{question}: ")
        if twice and getpass.getpass("Once more: ") != answer:
            raise CannotDo("the two were not the same; nothing was done")
    else:
        answer = sys.stdin.readline().rstrip("\r\n") if sys.stdin is not None else ""
    if not answer:
        raise CannotDo(f"nothing was given for: {question}")
    return answer


def _write(stream: TextIO, lines: tuple[str, ...]) -> None:
    stream.write("".join(f"{line}\n" for line in lines))
    stream.flush()

"""What somebody must say to set up one of our accounts, told by its channel."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Something a platform and we know of each other."""

    name: str  # as it is kept
    variable: str  # where the environment may hold it
    question: str  # how it is asked for at a terminal
    is_made: bool = False  # made at random where nobody gives it, and then shown once
    is_optional: bool = False  # may stay empty
    fits: Callable[[str], bool] = bool  # whether a value can be right
    otherwise: str = ""  # what to say of one that cannot


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How an account is connected. `tell` says what is left to do on the platform's side."""

    account: str  # what identifies the account: for people who are asked for it
    is_account: Callable[[str], bool]
    secrets: tuple[Secret, ...]
    path: Callable[[str, Mapping[str, str]], str]  # (channel's door, secrets): the hook's path
    tell: Callable[[str, str, Mapping[str, str]], tuple[str, ...]]
    """(account, path of the hook, what was made here just now): lines for the operator."""


def is_id(account: str) -> bool:
    """Whether it is a number such as platforms give to what they keep."""
    return bool(re.fullmatch(r"[0-9]{1,64}", account, re.ASCII))

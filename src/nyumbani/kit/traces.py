"""What may be written down of an exception: its class and place. Messages may hold names."""

import sysconfig
import traceback
from pathlib import PurePath

_PYTHON = (sysconfig.get_path("stdlib"), "<frozen")


def place_of(error: BaseException) -> str:
    """`ValueError at inbox/processing.py:88`: the innermost line of ours that was running."""
    name = type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _is_ours(frame.filename)]
    for frame in reversed(ours or frames):
        return f"{name} at {_short(frame.filename)}:{frame.lineno}"
    return name


def _is_ours(file: str) -> bool:
    return "site-packages" not in file and not file.startswith(_PYTHON)


def _short(file: str) -> str:
    return "/".join(PurePath(file).parts[-2:])

"""What may be written down of an exception: its class and place. Messages may hold names."""

import os
import sysconfig
import traceback
from pathlib import Path, PurePath

_HOUSE = f"{Path(__file__).parents[1]}/"  # installed, it lies in site-packages like everybody else
_PYTHON = (sysconfig.get_path("stdlib"), "<frozen")


def is_tracing() -> bool:
    """Whether a developer wants whole traces, whatever they quote."""
    return os.environ.get("NYUMBANI_TRACE") == "1"


def place_of(error: BaseException) -> str:
    """`ValueError at inbox/fetcher.py:88`: the innermost line of ours that was running."""
    name = type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _is_ours(frame.filename)]
    for frame in reversed(ours or frames):
        return f"{name} at {_short(frame.filename)}:{frame.lineno}"
    return name


def _is_ours(file: str) -> bool:
    if file.startswith(_HOUSE):
        return True
    return "site-packages" not in file and not file.startswith(_PYTHON)


def _short(file: str) -> str:
    return "/".join(PurePath(file).parts[-2:])

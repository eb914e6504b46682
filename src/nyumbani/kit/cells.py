"""A child process that touches a stranger's file, so that no worker of ours has to.

It gets nothing of ours: an empty environment, no open files, an empty folder, the bytes by its
input. Whatever happens in it, here only an answer comes out or none.
"""

import contextlib
import os
import signal
import subprocess  # nosec B404
import sys
from pathlib import Path

from nyumbani.kit import cell

WAIT = 25.0  # seconds of the wall clock
_ENTER = "from nyumbani.kit import cell; cell.enter({}); "


class NoAnswer(Exception):
    """The child was stopped, or fell: the file is to blame, not we."""


def run(
    code: str, content: bytes, folder: Path, *, wait: float = WAIT, longest: int = cell.ANSWER
) -> tuple[str, bytes]:  # fmt: skip
    """Run code of ours over bytes of theirs; a word and bytes come back. Raises NoAnswer.

    `folder` is empty and private; it is the child's only place and holds its answer, of `longest`
    bytes at most.
    """
    out = folder / "answer"
    with out.open("wb") as answer:
        child = subprocess.Popen(  # noqa: S603 # nosec B603 - our own interpreter and code
            [sys.executable, "-I", "-B", "-c", _ENTER.format(longest) + code],
            stdin=subprocess.PIPE, stdout=answer, stderr=subprocess.DEVNULL, cwd=folder, env={},
            close_fds=True, start_new_session=True,
        )  # fmt: skip
        try:
            child.communicate(content, timeout=wait)
        except subprocess.TimeoutExpired:
            raise NoAnswer("it took too long") from None
        finally:
            _end(child)
    if child.returncode != 0:
        raise NoAnswer(f"it ended with {child.returncode}")
    word, _, rest = _read(out, longest).partition(b"\n")
    return word.decode("ascii", "replace")[:40], rest


def _end(child: subprocess.Popen[bytes]) -> None:
    """Whatever the child began ends with it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _read(path: Path, longest: int) -> bytes:
    with path.open("rb") as opened:
        return opened.read(longest + 1)

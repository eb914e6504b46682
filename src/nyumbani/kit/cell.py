"""The inside of a cell: what a child process gives up before it reads a byte of a stranger's file.

It can open no connection (its own network, without any device, where the kernel allows it), write
no file longer than the answer, start no process, take no more memory and time than a picture needs.
"""

import contextlib
import ctypes
import os
import resource
import sys

MEMORY = 700 * 1024 * 1024
SECONDS = 15  # of the processor
ANSWER = 8 * 1024 * 1024  # bytes; an answer is a file, so the same limit bounds it
FILES = 32
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES, _DIES_WITH_PARENT, _KILL = 38, 1, 9


def enter(answer: int = ANSWER) -> None:
    """Close the door behind this process; there is no way back. `answer`: its longest, in bytes."""
    _leave_network()
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, answer), (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_NPROC, 0), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(limit, (most, most))


def _leave_network() -> None:
    """Where the kernel has no such thing the other walls stand all the same."""
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        library.prctl(_DIES_WITH_PARENT, _KILL, 0, 0, 0)
        if library.unshare(_NEW_USER | _NEW_NET) != 0:
            library.unshare(_NEW_NET)


def answer(kind: str, content: bytes = b"") -> None:
    """Give the result: a word, a new line, and bytes."""
    os.write(sys.stdout.fileno(), kind.encode("ascii") + b"\n")
    view = memoryview(content)
    while view:
        view = view[os.write(sys.stdout.fileno(), view) :]

"""The head witness: what the end of the ledger looked like, kept where the database is not.

A chain cannot tell that its tail was cut off, nor that all of it was written anew from some entry
on. So each `nyumbani verify` and each backup appends the number and hash of the last entry to
the file `ledger-head` in the keys folder, and `verify` holds the ledger against every line of it.
"""

import datetime as dt
import os
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from nyumbani.kit import clock

FILE = "ledger-head"
_HEAD = re.compile(r"([1-9][0-9]{0,9}):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Head:
    """An entry that was seen to be the last: its number, its hash, and who says so."""

    n: int
    hash: bytes
    source: str


class Unreadable(ValueError):
    """The witness, or the head given by hand, is not what we write; says where and what to do."""


def folder() -> Path:
    """Where the keys are, and so the witness: `settings.NYUMBANI_KEYS`."""
    return Path(settings.NYUMBANI_KEYS)


def parse(text: str, source: str) -> Head:
    """The head written as `n:hash` (decimal, 64 hex digits); raises `Unreadable`."""
    found = _HEAD.fullmatch(text.strip().lower())
    if found is None:
        raise Unreadable(f"{source} is not a number, a colon and 64 hexadecimal digits")
    return Head(n=int(found[1]), hash=bytes.fromhex(found[2]), source=source)


def heads(file: Path) -> list[Head]:
    """Every head witnessed so far, oldest first; none if there is no file yet.

    Raises `Unreadable` for a line we cannot have written. A last line without its end was cut
    off by a crash while it was written, and is passed over.
    """
    try:
        text = file.read_text(encoding="ascii")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError:
        raise Unreadable(f"the head witness {file} is not plain text") from None
    lines = text.split("\n")[:-1]
    return [
        parse(line.split(" ")[0], f"line {number} of the head witness {file}")
        for number, line in enumerate(lines, start=1)
    ]


def append(file: Path, *, n: int, hash_: bytes) -> None:
    """Bear witness that entry `n` with this hash was the last one; on disk when this returns."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a+b") as out:
        out.seek(0)
        written = out.read()
        whole = written[: written.rfind(b"\n") + 1]
        if whole != written:
            out.truncate(len(whole))  # what a crash left of a line
        head = f"{n}:{hash_.hex()}"
        if not _ends_with(whole, head):
            moment = clock.real_now().isoformat(timespec="seconds")
            out.write(f"{head} {moment}\n".encode("ascii"))
        out.flush()
        os.utime(out.fileno())  # its time says when the ledger was last seen whole
        os.fsync(out.fileno())


def _ends_with(whole: bytes, head: str) -> bool:
    last = whole.splitlines()[-1:]
    return bool(last) and last[0].split(b" ")[0] == head.encode("ascii")


def set_aside(file: Path, moment: dt.datetime) -> Path | None:
    """Start a new witness after an older backup was restored; returns where the old one is kept.

    A restored ledger ends earlier than the witness remembers. That is for a person to accept,
    knowingly: `nyumbani restore` does it, nothing else.
    """
    if not file.exists():
        return None
    kept = file.with_name(f"{file.name}.{moment:%Y%m%dT%H%M%SZ}")
    return file.rename(kept)

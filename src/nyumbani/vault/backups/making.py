"""Making a backup: the database of one moment, every sealed file, and a manifest of both."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import pyrage
from django.conf import settings
from django.db import transaction

from nyumbani.audit import verifier, witness
from nyumbani.audit.actions import record
from nyumbani.audit.verifier import Verdict
from nyumbani.kit import clock, ids
from nyumbani.kit.console import CannotDo
from nyumbani.kit.doer import Doer
from nyumbani.kit.wholefile import whole_file
from nyumbani.vault import terms
from nyumbani.vault.backups import recovery, snapshot
from nyumbani.vault.backups.archive import Manifest, Reader
from nyumbani.vault.models import DataKey


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written."""

    to: Path
    size: int  # bytes, sealed
    sha256: str  # of the sealed file
    verdict: Verdict
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Note:
    """What the house remembers of its last backup."""

    at: dt.datetime
    sha256: str


def back_up(*, to: Path, by: Doer) -> Made:
    """Write everything but the installation key into one file sealed to the recovery key.

    Memory stays the same however large the files are. Nothing is left at `to` unless it is whole;
    raises CannotDo if it exists, or there is no recovery key.
    """
    recipient = pyrage.x25519.Recipient.from_str(recovery.recipient())
    if to.exists():
        raise CannotDo(f"{to} exists already and is not overwritten")
    if not to.parent.is_dir():
        raise CannotDo(f"{to.parent} is not a folder")
    verdict = verifier.verify()
    with snapshot.taken() as database, whole_file(to) as out:
        reader = Reader(_sources(database), _manifest(verdict))
        sealed = _Counted(out)
        pyrage.encrypt_io(reader, sealed, [recipient])
    made = Made(to, sealed.size, sealed.digest.hexdigest(), verdict, reader.manifest())
    _remember(made, by)
    return made


def last() -> Note | None:
    """The last backup made here, if any is remembered."""
    try:
        stored = json.loads(_note_file().read_text(encoding="ascii"))
        return Note(dt.datetime.fromisoformat(stored["at"]), str(stored["sha256"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class _Counted:
    """Passes on to a file what is written, and knows how much it was and its SHA-256."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self._out.write(data)

    def flush(self) -> None:
        self._out.flush()


def _sources(database: tuple[str, Path]) -> Iterator[tuple[str, Path]]:
    # The database first: whatever file it names was sealed before, so it is there afterwards.
    yield database
    data = Path(settings.NYUMBANI_DATA)
    for file in sorted(data.glob("media/*/*.age")):
        yield file.relative_to(data).as_posix(), file


def _manifest(verdict: Verdict) -> Manifest:
    house = DataKey.objects.filter(scope=terms.HOUSE, retired_at=None).first()
    return Manifest(
        id=ids.new(),
        made_at=clock.real_now().isoformat(timespec="seconds"),
        version=version("nyumbani"),
        ledger_head=verdict.head,
        ledger_whole=verdict.is_good,
        installation=house.installation if house else "",
    )


def _remember(made: Made, by: Doer) -> None:
    with transaction.atomic():
        record(
            by=by, verb="backup.made", about=f"backup:{made.manifest.id}", sha256=made.sha256,
            size=made.size, files=len(made.manifest.parts),
        )  # fmt: skip
    if made.verdict.is_good and made.verdict.head:
        seen = witness.parse(made.verdict.head, "the head")
        witness.append(witness.folder() / witness.FILE, n=seen.n, hash_=seen.hash)
    with whole_file(_note_file()) as out:
        out.write(json.dumps({"at": made.manifest.made_at, "sha256": made.sha256}).encode("ascii"))


def _note_file() -> Path:
    # Beside the keys: a restored data folder must not claim backups made elsewhere.
    return Path(settings.NYUMBANI_KEYS) / "last-backup.json"

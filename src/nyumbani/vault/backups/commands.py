"""`nyumbani backup | restore | keys recovery`: what they say."""

from pathlib import Path

from django.db import transaction

from nyumbani.audit import witness
from nyumbani.audit.actions import record
from nyumbani.kit import clock
from nyumbani.kit.console import GOOD, say, say_json, some, warn
from nyumbani.kit.doer import System
from nyumbani.vault.backups import making, recovery, restoring
from nyumbani.vault.backups.archive import Manifest
from nyumbani.vault.backups.restoring import Restored

OPERATOR = System("operator")


def make_recovery_key(*, out: str, replace: bool = False) -> int:
    """`nyumbani keys recovery`: make the key that opens backups, and give its private half away."""
    target = None if out == "-" else Path(out)
    with transaction.atomic():
        record(by=OPERATOR, verb="recovery_key.made", about="key:recovery")
        text = recovery.make(target, replace=replace)
    if target is None:
        say(text.rstrip("\n"))
    where = f"The private half lies in {target}" if target else "The private half was printed above"
    warn(
        f"{where} and nowhere else. Carry it away from this machine, to two places, and remove it",
        f"here. The public half is in {recovery.public_file()}; backups are sealed to it.",
    )
    return GOOD


def backup(*, to: Path, json: bool = False) -> int:
    """`nyumbani backup`: write everything but the installation key into one sealed file."""
    made = making.back_up(to=to, by=OPERATOR)
    files = sum(part.name.startswith("media/") for part in made.manifest.parts)
    if json:
        say_json(
            {
                "to": str(made.to), "size": made.size, "sha256": made.sha256, "files": files,
                **_told(made.manifest),
            }
        )  # fmt: skip
    else:
        say(
            f"{made.to}: {made.size:,} bytes, the database and {some(files, 'file')}.",
            f"SHA-256 {made.sha256}",
            f"Ledger head {made.manifest.ledger_head or '(no entries yet)'}",
        )
    if not made.manifest.ledger_whole:
        warn("The ledger did not verify; the backup says so. Run 'nyumbani verify' to see why.")
    warn(
        f"The installation key ({made.manifest.installation}) is not in it: keep that apart,"
        " nothing personal can be read without it."
    )
    return GOOD


def restore(
    *, file: Path, into: Path, identity: Path, take_over: bool = False, json: bool = False
) -> int:
    """`nyumbani restore`: open a backup, check every part, and put it into a new folder."""
    done = restoring.restore(file=file, into=into, identity=identity)
    kept = _set_witness_aside() if take_over else None
    if json:
        say_json({"into": str(done.into), **_told(done.manifest)})
        return GOOD
    manifest = done.manifest
    say(
        f"{done.into}: the backup of {manifest.made_at}, {len(manifest.parts)} parts, all as they"
        " were written.",
        f"Ledger head {manifest.ledger_head or '(no entries yet)'}",
        *_next_steps(done),
    )
    if kept is not None:
        say(f"The former head witness is kept as {kept}.")
    return GOOD


def _next_steps(done: Restored) -> list[str]:
    steps = [f"To read it, this installation key is needed: {done.manifest.installation}."]
    if done.is_postgres:
        steps.append(
            f"Then read the database in: pg_restore --no-owner --exit-on-error --dbname=NAME"
            f" {done.database}"
        )
    return [*steps, f"Then set NYUMBANI_DATA={done.into}, and run 'nyumbani check'."]


def _set_witness_aside() -> Path | None:
    # A restored ledger ends earlier than the witness remembers; whoever restores accepts that.
    return witness.set_aside(witness.folder() / witness.FILE, clock.real_now())


def _told(manifest: Manifest) -> dict[str, object]:
    return {
        "id": manifest.id,
        "made_at": manifest.made_at,
        "ledger_head": manifest.ledger_head,
        "ledger_whole": manifest.ledger_whole,
        "installation": manifest.installation,
        "parts": len(manifest.parts),
    }

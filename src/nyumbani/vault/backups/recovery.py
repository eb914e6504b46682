"""The recovery key: its public half seals backups, its private half lies somewhere else."""

from pathlib import Path

import pyrage
from django.conf import settings

from nyumbani.kit.console import CannotDo
from nyumbani.kit.wholefile import whole_file, write_whole


def public_file() -> Path:
    """Where the public half lies: beside the installation key."""
    return Path(settings.NYUMBANI_KEYS) / "recovery.pub"


def recipient() -> str:
    """The public half (age1…); raises CannotDo if there is none yet, or what is there is none."""
    file = public_file()
    try:
        return str(pyrage.x25519.Recipient.from_str(file.read_text(encoding="ascii").strip()))
    except FileNotFoundError:
        raise CannotDo(
            "there is no recovery key yet: run 'nyumbani keys recovery --out FILE' once, and keep"
            " FILE away from this machine"
        ) from None
    except (pyrage.RecipientError, UnicodeDecodeError):
        raise CannotDo(f"{file} is not the public half of a recovery key") from None


def exists() -> bool:
    """Whether there is a recovery key to seal backups to."""
    return public_file().exists()


def make(out: Path | None, *, replace: bool = False) -> str:
    """Make a recovery key: the public half stays, the private half goes to `out` or is returned.

    Refuses to replace one unless told to, to overwrite `out`, and to leave the private half among
    the house's own folders, from where it would be stolen together with what it opens.
    """
    if exists() and not replace:
        raise CannotDo(
            f"there is a recovery key already ({public_file()}); '--replace' makes another, but"
            " backups made so far still need the former private half"
        )
    identity = pyrage.x25519.Identity.generate()
    text = f"# recovery key of a Nyumbani house; public half {identity.to_public()}\n{identity}\n"
    if out is not None:
        _write_apart(out, text)
    write_whole(public_file(), f"{identity.to_public()}\n")
    return text


def read(file: Path) -> str:
    """The private half in `file` (AGE-SECRET-KEY-1…), as `make` wrote it; raises CannotDo."""
    try:
        lines = file.read_text(encoding="ascii").split("\n")
    except FileNotFoundError:
        raise CannotDo(f"{file} is not there") from None
    except UnicodeDecodeError:
        raise CannotDo(f"{file} is not a recovery key") from None
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    try:
        (one,) = found
        return str(pyrage.x25519.Identity.from_str(one))
    except (ValueError, pyrage.IdentityError):
        raise CannotDo(f"{file} is not a recovery key: no line AGE-SECRET-KEY-1… in it") from None


def _write_apart(out: Path, text: str) -> None:
    place = out.resolve()
    for folder in (Path(settings.NYUMBANI_DATA), Path(settings.NYUMBANI_KEYS)):
        if place.is_relative_to(folder.resolve()):
            raise CannotDo(
                f"{out} lies in {folder}: the private half must not be kept with the house"
            )
    try:
        with whole_file(out, replace=False) as file:
            file.write(text.encode("ascii"))
    except FileExistsError:
        raise CannotDo(f"{out} exists already and is not overwritten") from None

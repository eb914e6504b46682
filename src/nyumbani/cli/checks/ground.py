"""What the house stands on: folders, the installation key, the way in, disk and clock."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

from nyumbani.cli.checks.finding import Finding, good, red, worry
from nyumbani.kit import clock
from nyumbani.kit.addresses import is_this_machine
from nyumbani.vault import keyring
from nyumbani.vault.commands import key_is_in_data
from nyumbani.vault.files import plain_place

_GIGA = 1024**3
_MOUNTS = Path("/proc/mounts")
_IN_MEMORY = {"tmpfs", "ramfs"}
_DRIFT = 120  # seconds a file may be dated ahead of the clock


def folders() -> Iterator[Finding]:
    """The data and keys folders are there, the owner's alone, and apart."""
    for name, path in (("data", settings.NYUMBANI_DATA), ("keys", settings.NYUMBANI_KEYS)):
        yield _folder(f"{name} folder", Path(path))
    if key_is_in_data():
        yield red("keys folder", "it lies in the data folder: a copy of the data has its own key.")


def installation_key() -> Iterator[Finding]:
    """There is a key, nobody else can read it, and it is open."""
    source = keyring.source()
    if not source:
        yield red(
            "installation key", f"there is none in {keyring.key_file()}: run 'nyumbani serve'"
        )
        return
    try:
        mark = keyring.fingerprint(keyring.installation_keys()[0])
    except keyring.Locked:
        yield red("installation key", "the house is locked: run 'nyumbani unlock'.")
    except keyring.BadKey as error:
        yield red("installation key", f"{error}.")
    else:
        yield good("installation key", f"{mark} from {source}.")


def way_in() -> Iterator[Finding]:
    """Outside loopback there is HTTPS, and the proxy is believed on purpose."""
    hosts = [host for host in settings.ALLOWED_HOSTS if not is_this_machine(host)]
    https = settings.SECURE_SSL_REDIRECT
    if settings.NYUMBANI_DEMO:
        yield worry(
            "way in", "this is the demonstration: everybody who comes in may take any role."
        )
    if "*" in hosts:
        yield red("way in", "NYUMBANI_HOSTS is '*': name the host instead, or links can be forged.")
    elif hosts and not https:
        yield red(
            "way in",
            f"{', '.join(hosts)} without HTTPS: set NYUMBANI_HTTPS=true behind a TLS proxy.",
        )
    elif https and not hosts:
        yield worry("way in", "HTTPS is on, but NYUMBANI_HOSTS names no public host.")
    elif https and settings.SECURE_PROXY_SSL_HEADER is None:
        yield worry(
            "way in",
            "HTTPS is on, but NYUMBANI_TRUSTED_PROXY is not: pages will redirect for ever.",
        )
    else:
        yield good("way in", ", ".join(hosts) + " by HTTPS." if hosts else "this machine only.")


def disk() -> Iterator[Finding]:
    """There is room: a full disk means 503 to every platform."""
    folder = _existing(Path(settings.NYUMBANI_DATA))
    usage = shutil.disk_usage(folder)
    says = f"{usage.free / _GIGA:.1f} GB free of {usage.total / _GIGA:.0f}."
    if usage.free < 0.3 * _GIGA:
        yield red("disk", says)
    elif usage.free < 2 * _GIGA or usage.free < 0.05 * usage.total:
        yield worry("disk", says)
    else:
        yield good("disk", says)


def opened_files(place: Path | None = None, mounts: Path = _MOUNTS) -> Iterator[Finding]:
    """What is opened to be drawn, sent or read lies in memory for that moment, on no disk."""
    place = (place or plain_place()).resolve()
    if not os.access(place, os.W_OK):
        yield red("opened files", f"{place} cannot be written to: no file can be drawn or sent.")
    elif _kind_of(place, mounts) in _IN_MEMORY:
        yield good("opened files", f"they lie in memory alone, in {place}.")
    else:
        yield worry(
            "opened files",
            f"for a moment they lie in plain in {place}, which may be on a disk, and could be found"
            " there later: give this machine a /dev/shm in memory.",
        )


def time_of_day() -> Iterator[Finding]:
    """The clock is not behind what the house has already written."""
    now = clock.real_now()
    names = ("nyumbani.sqlite3", "nyumbani.sqlite3-wal")
    files = [Path(settings.NYUMBANI_DATA) / name for name in names]
    files.append(Path(settings.NYUMBANI_KEYS) / "ledger-head")
    latest = max((file.stat().st_mtime for file in files if file.exists()), default=0.0)
    ahead = latest - now.timestamp()
    if ahead > _DRIFT:
        yield red("clock", f"it is {ahead / 60:.0f} minutes behind what was written here already.")
    else:
        yield good("clock", f"{now:%Y-%m-%d %H:%M} UTC.")


LOOKS: dict[str, Callable[[], Iterator[Finding]]] = {
    "folders": folders,
    "installation key": installation_key,
    "way in": way_in,
    "disk": disk,
    "opened files": opened_files,
    "clock": time_of_day,
}


def _folder(about: str, path: Path) -> Finding:
    if not path.is_dir():
        return red(about, f"{path} is not there: run 'nyumbani serve'.")
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        return red(about, f"{path} is open to others (mode {mode:o}): chmod 700 it.")
    if not os.access(path, os.W_OK):
        return red(about, f"{path} cannot be written to.")
    return good(about, f"{path}")


def _kind_of(place: Path, mounts: Path) -> str:
    """The kind of file system a folder lies on; empty where the kernel does not tell."""
    found = [line.split() for line in mounts.read_text().splitlines()] if mounts.exists() else []
    above = [row for row in found if len(row) > 2 and place.is_relative_to(row[1])]
    # Of two on one place the later covers the earlier, so the last of the longest counts.
    return max(reversed(above), key=lambda row: len(row[1]), default=["", "", ""])[2]


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)

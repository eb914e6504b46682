"""How fast an exported chat becomes sealed rows, beside a bare INSERT of as many plain rows.

    python bench/chat_import.py [--lines 40000] [--json]

40,000 is where a telephone stops. Product: a new house on SQLite, a generated group chat brought in
(sealed first) and read to its end by the product's own reader, each line with its digest, its own
encryption and its ledger lines by the batch; then the same chat a hundred lines longer. Bare: the
same number of rows of the same text into a table with the same indexes, in transactions of the same
size, by sqlite3 alone; it seals nothing, knows nothing again and is the least that could be done.
"""

import argparse
import datetime as dt
import json
import os
import resource
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

BATCH = 500
SENDERS = 31
BEGAN = dt.datetime(2014, 7, 20, 6, 15)  # noqa: DTZ001 - a telephone's clock
BARE = (
    "CREATE TABLE line (id text PRIMARY KEY, chat text, sender text, text text, at text,"
    " place integer, start integer, stop integer, digest text)"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--lines", type=int, default=40_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nyumbani-bench-") as folder:
        _set_up(Path(folder))
        figures = _measure(Path(folder), asked.lines)
    print(json.dumps(figures) if asked.json else _told(figures))
    return 0


def _set_up(folder: Path) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    for part in ("data", "keys"):
        (folder / part).mkdir(mode=0o700)
        os.environ[f"NYUMBANI_{part.upper()}"] = str(folder / part)
    os.environ.pop("NYUMBANI_DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "nyumbani.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from nyumbani.kit.doer import System
    from nyumbani.vault import envelope, keyring
    from nyumbani.vault.actions import make_house_keys

    keyring.write([envelope.new_key()], "")
    call_command("migrate", verbosity=0)
    make_house_keys(by=System("bench"))


def _measure(folder: Path, lines: int) -> dict[str, float]:
    content, longer = _chat(lines), _chat(lines + 100)
    took = _brought(folder / "chat.txt", content, new=lines)
    again = _brought(folder / "longer.txt", longer, new=100)
    bare = _bare(folder / "bare.sqlite3", content)
    return {
        "lines": lines,
        "bytes": len(content),
        "import_s": took,
        "rows_per_s": lines / took,
        "bare_rows_per_s": lines / bare,
        "ratio": bare / took,
        "longer_export_s": again,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _chat(lines: int) -> bytes:
    from nyumbani.drill.exports.telephone import Event, export
    from nyumbani.drill.exports.variants import BY_NAME

    events = [
        Event(BEGAN + dt.timedelta(minutes=n // 2), f"Girl {n % SENDERS}",
              text=f"number {n}: they took my paper and I wait in the house")
        for n in range(lines)
    ]  # fmt: skip
    return export(events, BY_NAME["android-en-gb"])[0]


def _brought(path: Path, content: bytes, *, new: int) -> float:
    from nyumbani.chats import reader
    from nyumbani.chats.actions.bringing import bring_in
    from nyumbani.chats.models import ChatExport
    from nyumbani.kit.doer import System

    path.write_bytes(content)
    began = time.perf_counter()
    brought = bring_in(
        source=path, name="WhatsApp Chat with Kazi.txt", zone="Africa/Tripoli", here=True,
        by=System("bench"),
    )  # fmt: skip
    reader.read(brought.export.pk)
    took = time.perf_counter() - began
    row = ChatExport.objects.get(pk=brought.export.pk)
    if (row.state, row.lines_new) != ("done", new):
        raise SystemExit(f"not brought in as it should be: {row.state}, {row.lines_new} new")
    return took


def _bare(path: Path, content: bytes) -> float:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute(BARE)
    database.execute("CREATE UNIQUE INDEX by_digest ON line (chat, digest)")
    database.execute("CREATE UNIQUE INDEX by_byte ON line (chat, start)")
    database.execute("CREATE INDEX by_time ON line (chat, at, place)")
    database.execute("CREATE INDEX by_sender ON line (sender)")
    rows = [
        (f"{n:026}", "chat", f"{n % SENDERS}", text, f"{n:032}", n, n, n + 1, f"{n:064}")
        for n, text in enumerate(content.decode().splitlines())
    ]
    began = time.perf_counter()
    for start in range(0, len(rows), BATCH):
        database.execute("BEGIN IMMEDIATE")
        database.executemany(
            "INSERT INTO line VALUES (?,?,?,?,?,?,?,?,?)", rows[start : start + BATCH]
        )
        database.execute("COMMIT")
    took = time.perf_counter() - began
    database.close()
    return took


def _told(figures: dict[str, float]) -> str:
    return (
        f"{figures['lines']:,} lines ({figures['bytes'] / 1e6:.1f} MB) in"
        f" {figures['import_s']:.1f} s: {figures['rows_per_s']:,.0f} rows/s;"
        f" bare INSERT {figures['bare_rows_per_s']:,.0f} rows/s ({figures['ratio']:.1%})\n"
        f"the same chat, 100 lines longer: {figures['longer_export_s']:.1f} s;"
        f" peak memory {figures['peak_mb']:.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())

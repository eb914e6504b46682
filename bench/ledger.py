"""How fast the ledger is written and verified, beside the least that could be done instead.

    python bench/ledger.py [--json] [--seconds 4]

Written: `audit.record` in transactions of ten lines (what a webhook with a few messages costs)
and of one, beside bare INSERTs of rows of the same size in the same transactions. Verified:
`audit.verifier.verify` beside SHA-256 over the same bytes. All in one run, on a SQLite file with
the product's own settings in a new folder, which is removed afterwards.
"""

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path

LINES = 10
TURN = 0.2  # seconds
ABOUT = "case:01J2X3Y4Z5A6B7C8D9E0F1G2H3"
COPIES = ("2014-07-12T08:00:00.000000Z", "system:bench", "message.read", ABOUT)
BARE = (
    "CREATE TABLE bare (n integer PRIMARY KEY, a text, b text, c text, d text,"
    " e blob, f blob, g blob)"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--seconds", type=float, default=4.0, help="for each of the four writings")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nyumbani-bench-") as folder:
        _set_up(Path(folder))
        figures = _measure(asked.seconds)
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
    from django.db import connection

    call_command("migrate", "audit", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(BARE)
        cursor.execute("CREATE INDEX bare_d ON bare (d, n)")
        cursor.execute("CREATE INDEX bare_b ON bare (b, n)")


def _measure(seconds: float) -> dict[str, float]:
    figures = {}
    for lines in (LINES, 1):
        ledger, bare = _rates(lines, seconds)
        figures[f"records_per_s_by_{lines}"] = ledger
        figures[f"bare_inserts_per_s_by_{lines}"] = bare
        figures[f"records_ratio_by_{lines}"] = ledger / bare
    return {**figures, **_verifying()}


def _rates(lines: int, seconds: float) -> list[float]:
    """Lines a second into the ledger and into a bare table, in transactions of `lines`.

    They take turns, so that what else the machine does falls on both alike.
    """
    from django.db import transaction

    written, spent = [0, 0], [0.0, 0.0]
    while min(spent) < seconds:
        for which, write in enumerate((_ledger_lines, _bare_lines)):
            start = time.perf_counter()
            while time.perf_counter() - start < TURN:
                with transaction.atomic():
                    write(lines)
                written[which] += lines
            spent[which] += time.perf_counter() - start
    return [count / time_ for count, time_ in zip(written, spent, strict=True)]


def _ledger_lines(lines: int) -> None:
    from nyumbani.audit.actions import record
    from nyumbani.kit.doer import System

    for number in range(lines):
        record(by=System("bench"), verb="message.read", about=ABOUT, number=number, size=512)


def _bare_lines(lines: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for _ in range(lines):
            cursor.execute(
                "INSERT INTO bare (a, b, c, d, e, f, g) VALUES (%s, %s, %s, %s, %s, %s, %s)",
                [*COPIES, b"x" * 150, bytes(32), bytes(32)],
            )


def _verifying() -> dict[str, float]:
    from django.db import connection

    from nyumbani.audit.verifier import verify

    start = time.perf_counter()
    verdict = verify()
    verified = verdict.entries / (time.perf_counter() - start)
    if not verdict.is_good:
        raise SystemExit(f"the ledger just written is not good: {verdict}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT prev, body FROM audit_entry")
        rows = cursor.fetchall()
    start = time.perf_counter()
    for prev, body in rows:
        hashlib.sha256(b"led1" + prev + body).digest()
    bare = len(rows) / (time.perf_counter() - start)
    return {
        "entries": verdict.entries,
        "verified_per_s": verified,
        "bare_sha256_per_s": bare,
        "verified_ratio": verified / bare,
    }


def _told(figures: dict[str, float]) -> str:
    def row(name: str, ledger: str, bare: str, ratio: str) -> str:
        return f"{name:34}{figures[ledger]:12,.0f}{figures[bare]:14,.0f}{figures[ratio]:8.3f}"

    return "\n".join(
        [
            f"{'':34}{'ledger':>12}{'bare':>14}{'ratio':>8}",
            *(
                row(
                    f"lines/s written, {size} a transaction",
                    f"records_per_s_by_{size}",
                    f"bare_inserts_per_s_by_{size}",
                    f"records_ratio_by_{size}",
                )
                for size in (LINES, 1)
            ),
            row("entries/s verified", "verified_per_s", "bare_sha256_per_s", "verified_ratio"),
            f"{figures['entries']:,.0f} entries; bare is INSERT, or SHA-256 over bytes in memory",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())

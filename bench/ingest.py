"""How many signed webhooks a second are durably stored, beside the least that could be done.

    python bench/ingest.py [--bodies 1500] [--rounds 3] [--json]

Product and ceiling (bench/bare_door.py: a Django view that verifies and inserts) take turns, each
with two processes of four threads on SQLite (WAL, synchronous=FULL), knocked at by eight
connections from this process on the same two cores; every webhook holds one item. Beside them: what
the database alone commits in one thread. `with a worker reading` repeats the product's round while
a worker reads the journal into threads. The best round of each counts, so that noise of the machine
counts against nobody.
"""

import argparse
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))

SECRET = "bench-app-secret"  # pragma: allowlist secret
NYUMBANI = [sys.executable, "-m", "nyumbani"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bodies", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="nyumbani-bench-"))
    try:
        figures = measure(folder, asked.bodies, asked.rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(figures) if asked.json else _told(figures))
    return 0


def measure(folder: Path, bodies: int, rounds: int) -> dict[str, float]:
    """Let product and ceiling take turns; webhooks a second, latencies in ms, and ratios."""
    best: dict[str, tuple[float, float, float]] = {}
    for number in range(rounds):
        for name, worker in (("bare", False), ("product", False), ("product_reading", True)):
            place = folder / f"{name}-{number}"
            place.mkdir()
            found = _round(place, name, bodies, seed=number + 1, with_worker=worker)
            best[name] = max(best.get(name, found), found)
    commits = max(_commits(folder / f"commits-{n}.sqlite3") for n in range(rounds))
    bare, product, reading = best["bare"], best["product"], best["product_reading"]
    return {
        "webhooks_per_second": round(product[0], 1),
        "p50_ms": round(product[1], 1), "p99_ms": round(product[2], 1),
        "with_a_worker_reading_per_second": round(reading[0], 1),
        "with_a_worker_reading_p99_ms": round(reading[2], 1),
        "ceiling_per_second": round(bare[0], 1), "ceiling_p99_ms": round(bare[2], 1),
        "ratio_to_ceiling": round(product[0] / bare[0], 3),
        "database_commits_per_second": round(commits, 1),
        "ratio_to_commits": round(product[0] / commits, 3),
    }  # fmt: skip


def _round(
    place: Path, name: str, bodies: int, *, seed: int, with_worker: bool
) -> tuple[float, float, float]:
    from nyumbani.drill.flood.bodies import Weather, flood
    from nyumbani.drill.flood.delivery import deliver
    from nyumbani.drill.wire.doors import Channel, Door

    port = _free_port()
    url = f"http://127.0.0.1:{port}/hooks/whatsapp/"
    door = Door(Channel.WHATSAPP, "1001", url, SECRET, "t", "77", "2547001")
    week = flood(door, items=bodies, seed=seed, weather=Weather(batch=(1, 1), duplicates=0.0))
    start = _bare(place, port) if name == "bare" else _product(place, port, with_worker)
    with start:
        deliver(week.bodies[:100], url, concurrency=8)  # warm
        found = deliver(week.bodies[100:], url, concurrency=8)
    if found.undelivered or found.answers[200] < len(week.bodies) - 100:
        raise SystemExit(f"{name}: not everything was taken: {found.answers}")
    rate = found.answers[200] / found.seconds
    return rate, found.percentile(0.5) * 1000, found.percentile(0.99) * 1000


@contextmanager
def _bare(place: Path, port: int) -> Iterator[None]:
    words = [sys.executable, str(HERE / "bare_door.py"), str(place), str(port), SECRET]
    with _running([(words, _environment(place))], port):
        yield


@contextmanager
def _product(place: Path, port: int, with_worker: bool) -> Iterator[None]:
    env = _environment(place)
    secrets = {"NYUMBANI_APP_SECRET": SECRET, "NYUMBANI_VERIFY_TOKEN": "v"}
    secrets["NYUMBANI_ACCESS_TOKEN"] = "a"
    for words in (
        ["migrate"],
        ["inbox", "connect", "whatsapp", "--account", "1001", "--label", "x"],
    ):
        subprocess.run([*NYUMBANI, *words], env=env | secrets, check=True, capture_output=True)
    serve = ["serve", "--no-worker", "--port", str(port), "--workers", "2", "--threads", "4"]
    processes = [([*NYUMBANI, *serve], env)]
    if with_worker:
        processes.append(([*NYUMBANI, "worker"], env))
    with _running(processes, port):
        yield


@contextmanager
def _running(wanted: list[tuple[list[str], dict[str, str]]], port: int) -> Iterator[None]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    going = [subprocess.Popen(words, env=env, **quiet) for words, env in wanted]
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        time.sleep(2.0)  # all processes are up
        if any(process.poll() is not None for process in going):
            raise SystemExit("a process of this round did not stay up")
        yield
    finally:
        for process in going:
            process.terminate()
        for process in going:
            process.wait(40)


def _environment(place: Path) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("NYUMBANI_")}
    env |= {"NYUMBANI_DATA": str(place / "data"), "NYUMBANI_KEYS": str(place / "keys")}
    return env | {"PYTHONPATH": str(HERE.parent / "src")}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _commits(file: Path) -> float:
    """Commits a second of rows of a webhook's size, in one thread, with the product's settings."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE bare (id integer PRIMARY KEY, body BLOB)")
    body, done, began = os.urandom(700), 0, time.perf_counter()
    while time.perf_counter() - began < 2.0:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare (body) VALUES (?)", [body])
        connection.execute("COMMIT")
        done += 1
    return done / (time.perf_counter() - began)


def _told(figures: dict[str, float]) -> str:
    return "\n".join(f"{name.replace('_', ' '):36} {value:>10}" for name, value in figures.items())


if __name__ == "__main__":
    raise SystemExit(main())

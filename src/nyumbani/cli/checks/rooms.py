"""What the rooms say of themselves: database, ledger, queue, channels, staff, backups."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from nyumbani.accounts.commands import ONLOOKER, nobody_is_here
from nyumbani.audit import witness
from nyumbani.cli.checks.finding import Finding, good, red, worry
from nyumbani.inbox import queries as inbox
from nyumbani.jobs import queries as jobs
from nyumbani.kit import clock
from nyumbani.kit.console import some
from nyumbani.vault import datakeys, keyring, terms
from nyumbani.vault.backups import making, recovery
from nyumbani.vault.envelope import CannotOpen

_WEEK = dt.timedelta(days=7)


def database() -> Iterator[Finding]:
    """It answers, is up to date, and its keys open with the installation key."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield red("database", f"{some(len(missing), 'change')} to make: run 'nyumbani migrate'.")
        return
    yield good("database", f"{connection.display_name} is up to date.")
    try:
        datakeys.current(terms.HOUSE)
    except CannotOpen:
        yield red("house keys", "the house has no key yet: run 'nyumbani migrate'.")
    except keyring.Locked:
        yield worry("house keys", "they cannot be tried while the house is locked.")
    except keyring.BadKey as error:
        yield red("house keys", f"{error}.")
    else:
        yield good("house keys", "they open with this installation key.")


def ledger() -> Iterator[Finding]:
    """Somebody verified it lately."""
    file = witness.folder() / witness.FILE
    if not file.exists():
        yield worry("ledger", "it was never verified: run 'nyumbani verify'.")
        return
    seen = dt.datetime.fromtimestamp(file.stat().st_mtime, tz=dt.UTC)
    witness.heads(file)
    says = f"last seen whole {_ago(seen)}."
    yield worry("ledger", says) if clock.real_now() - seen > _WEEK else good("ledger", says)


def queue() -> Iterator[Finding]:
    """Nothing stopped, nothing waits for a worker that is not there."""
    dead = jobs.dead_count(ONLOOKER)
    if dead:
        verb = "waits" if dead == 1 else "wait"
        yield worry("queue", f"{some(dead, 'job')} stopped and {verb} for a person to look.")
    waiting = jobs.waiting(ONLOOKER)
    if waiting.is_stuck and waiting.oldest is not None:
        yield red(
            "queue",
            f"{some(waiting.due, 'job')} due, the oldest for"
            f" {_length(clock.now() - waiting.oldest)}: no worker works.",
        )
    elif not dead:
        yield good("queue", "nothing stopped, nothing is late.")


def channels() -> Iterator[Finding]:
    """Platforms are connected and still let us in."""
    rows = list(inbox.accounts(ONLOOKER))
    for row in rows:
        if row.stopped_at is not None:
            yield red("channels", f"{row.channel} “{row.label}” is stopped: {row.stopped_why}.")
    if not rows:
        yield worry("channels", "none is connected: run 'nyumbani inbox connect'.")
    elif all(row.stopped_at is None for row in rows):
        yield good("channels", f"{len(rows)} connected.")
    waiting = inbox.journal_waiting(ONLOOKER)
    if waiting:
        yield worry("journal", f"{some(waiting, 'body', 'bodies')} not read yet.")


def people() -> Iterator[Finding]:
    """Somebody can come in."""
    if nobody_is_here():
        yield worry("staff", "nobody is set up yet: run 'nyumbani staff link'.")


def backups() -> Iterator[Finding]:
    """There is a recovery key, and a backup that is not old."""
    if not recovery.exists():
        yield worry("backups", "there is no recovery key: run 'nyumbani keys recovery --out FILE'.")
        return
    recovery.recipient()
    if connection.vendor == "postgresql" and shutil.which("pg_dump") is None:
        yield red("backups", "pg_dump is not installed: backups cannot be made.")
    last = making.last()
    if last is None:
        yield worry("backups", "none was made yet: run 'nyumbani backup --to FILE'.")
        return
    says = f"the last was made {_ago(last.at)}."
    yield worry("backups", says) if clock.real_now() - last.at > _WEEK else good("backups", says)


LOOKS: dict[str, Callable[[], Iterator[Finding]]] = {"ledger": ledger, "backups": backups}

INSIDE: dict[str, Callable[[], Iterator[Finding]]] = {
    "queue": queue,
    "channels": channels,
    "staff": people,
}
"""What only a database that is up to date can tell."""


def _ago(moment: dt.datetime) -> str:
    passed = clock.real_now() - moment
    return "just now" if passed < dt.timedelta(minutes=1) else f"{_length(passed)} ago"


def _length(time: dt.timedelta) -> str:
    """Two days or more in days, two hours or more in hours, else in minutes; never rounded up."""
    minutes = max(int(time.total_seconds() // 60), 0)
    if minutes >= 2 * 24 * 60:
        return some(minutes // (24 * 60), "day")
    return some(minutes // 60, "hour") if minutes >= 120 else some(minutes, "minute")

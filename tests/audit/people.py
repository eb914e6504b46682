"""Who looks and who acts in these tests, and somebody who owns the database and means harm."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import connection, transaction

from nyumbani.audit import chain, guards
from nyumbani.audit.actions import record
from nyumbani.audit.verifier import verify
from nyumbani.kit import ids

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite does this")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL does")

ACHIENG = "staff:01J2ACH1ENG000000000000001"
WANJIKU = "staff:01J2WANJ1KV000000000000002"
CASE = "case:01J2X3Y4Z5A6B7C8D9E0F1G2H3"


@dataclass(frozen=True)
class Colleague:
    """A member of staff as this floor sees one: acting and looking."""

    ledger_name: str
    may_read_ledger: bool = False


achieng = Colleague(ACHIENG)
wanjiku = Colleague(WANJIKU)
director = Colleague("staff:01J2D1RECT0R00000000000003", may_read_ledger=True)


def write_lines(count: int) -> None:
    """A ledger of `count` honest lines."""
    with transaction.atomic():
        for number in range(count):
            doer = achieng if number % 2 else wanjiku
            record(by=doer, verb="person.seen", about=f"person:{ids.new()}", page=number)


@contextmanager
def burglary() -> Iterator[None]:
    """The guards are dropped, something is done, and the guards are put up again."""
    guards.remove(connection)
    yield
    guards.install(connection)


def break_in(statement: str, values: tuple[object, ...] | list[object] = ()) -> None:
    """Change the ledger as somebody does who owns the database."""
    with burglary(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(statement, list(values))
        assert cursor.rowcount != 0, "the burglar changed nothing"
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def stored(n: int) -> dict[str, object]:
    """The row of entry `n` as the database gives it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_entry WHERE n = %s", [n])
        names = [column[0] for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def rewrite_from(n: int, body: bytes | None = None) -> None:
    """Put another body into entry `n` and mend every hash after it, as a patient burglar would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT n, body, prev FROM audit_entry WHERE n >= %s ORDER BY n", [n])
        rows = [(number, bytes(old), bytes(prev)) for number, old, prev in cursor.fetchall()]
    prev = rows[0][2]
    for number, old, _ in rows:
        new = body if number == n and body is not None else old
        hash_ = chain.link(prev, new)
        break_in(
            "UPDATE audit_entry SET body = %s, prev = %s, hash = %s WHERE n = %s",
            (new, prev, hash_, number),
        )
        prev = hash_


def assert_named(n, *words):
    """`verify` names entry `n` as the first bad one, and says these words about it."""
    verdict = verify()
    assert verdict.first_bad is not None, "nothing was noticed"
    assert verdict.first_bad.n == n, verdict.first_bad
    assert verdict.entries == n - 1
    assert verdict.is_good is False
    for word in words:
        assert word in verdict.first_bad.why

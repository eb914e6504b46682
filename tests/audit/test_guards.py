"""Triggers let the ledger grow at its end and change nowhere."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import TransactionTestCase

from nyumbani.audit import guards
from nyumbani.audit.actions import record
from nyumbani.audit.models import Entry
from nyumbani.kit.doer import System
from tests.audit.people import stored, write_lines

_AGAIN = 'INSERT INTO audit_entry SELECT {n}, "at", "by", verb, about, body, prev, hash'
_AGAIN += " FROM audit_entry WHERE n = 2 {clause}"
CHANGES = [
    "UPDATE audit_entry SET about = 'case:x' WHERE n = 2",
    'UPDATE audit_entry SET "by" = "by"',
    "UPDATE audit_entry SET n = 9 WHERE n = 2",
    "DELETE FROM audit_entry WHERE n = 3",
    "DELETE FROM audit_entry",
    _AGAIN.format(n=7, clause=""),
    _AGAIN.format(n=1, clause=""),
    _AGAIN.format(n=2, clause="ON CONFLICT (n) DO UPDATE SET about = 'case:x'"),
    _AGAIN.format(n=2, clause="ON CONFLICT (n) DO NOTHING"),
]
ONLY_ON = {
    "sqlite": [
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE n = 2",
        "REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE n = 3",
        "UPDATE OR REPLACE audit_entry SET n = 3 WHERE n = 2",
        "UPDATE audit_entry SET body = CAST(body AS TEXT)",
    ],
    "postgresql": ["TRUNCATE audit_entry", "TRUNCATE audit_entry CASCADE"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("statement", CHANGES + ONLY_ON[connection.vendor])
def test_no_line_is_changed_removed_or_slipped_in(statement):
    write_lines(3)
    before = [stored(n) for n in (1, 2, 3)]
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert [_plain(stored(n)) for n in (1, 2, 3)] == [_plain(row) for row in before]
    assert Entry.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no replicas")
def test_a_session_that_calls_itself_a_replica_is_refused_too():
    write_lines(1)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        with pytest.raises(DatabaseError, match="append-only"):
            cursor.execute("DELETE FROM audit_entry")


@pytest.mark.django_db
def test_all_guards_stand_after_the_migrations():
    assert guards.missing(connection) == []


@pytest.mark.django_db
def test_guards_that_were_taken_away_are_named_and_can_be_put_up_again():
    guards.remove(connection)
    assert "audit_entry_no_delete" in guards.missing(connection)
    assert "audit_entry_at_the_end" in guards.missing(connection)
    guards.install(connection)
    guards.install(connection)
    assert guards.missing(connection) == []


@pytest.mark.django_db
def test_a_guard_of_the_right_name_that_guards_nothing_is_named():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_entry_no_update")
            cursor.execute(
                "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry"
                " WHEN 1 = 0 BEGIN SELECT 1; END"
            )
            expected = ["audit_entry_no_update"]
        else:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION audit_entry_follow() RETURNS trigger"
                " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
            )
            expected = ["audit_entry_at_the_end"]
    assert guards.missing(connection) == expected


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot switch a trigger off")
def test_a_guard_that_was_switched_off_is_named():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_no_delete")
    assert guards.missing(connection) == ["audit_entry_no_delete"]


class BetweenTransactionalTests(TransactionTestCase):
    """Django empties the tables after each of these; see tests/ledger_hook.py."""

    def test_one_writes_a_line(self):
        self._write_the_first_line()

    def test_another_finds_an_empty_ledger_with_its_guards_standing(self):
        self._write_the_first_line()

    def _write_the_first_line(self):
        assert guards.missing(connection) == []
        assert record(by=System("worker"), verb="job.done", about="job:1") == 1


def _plain(row):
    return {
        name: bytes(value) if isinstance(value, memoryview) else value
        for name, value in row.items()
    }

"""Whatever the ledger's storage was made into, `verify` names it in words and does not crash."""

import pytest
from django.db import connection, transaction

from nyumbani.audit import guards
from nyumbani.audit.verifier import verify
from tests.audit.people import (
    assert_named,
    break_in,
    burglary,
    on_postgresql,
    on_sqlite,
    write_lines,
)

pytestmark = pytest.mark.django_db


@on_sqlite
def test_the_careless_edit_that_turns_bytes_into_text_is_named():
    write_lines(5)
    break_in("UPDATE audit_entry SET body = CAST(body AS TEXT) WHERE n >= 2")
    assert_named(2, "column body is stored as text, not as blob")


@on_sqlite
@pytest.mark.parametrize(
    ("column", "expression", "type_"),
    [
        ("body", "CAST(body AS TEXT)", "text"),
        ("prev", "CAST(prev AS TEXT)", "text"),
        ("hash", "hex(hash)", "text"),
        ("hash", "7", "integer"),
        ("body", "7.5", "real"),
        ("body", "''", "text"),
        ("about", "CAST(about AS BLOB)", "blob"),
        ("by", "x'ff00fe'", "blob"),
        ("at", "CAST('2014' AS BLOB)", "blob"),
        ("verb", "zeroblob(3)", "blob"),
    ],
)
def test_a_value_of_another_type_is_named_not_stumbled_over(column, expression, type_):
    write_lines(5)
    break_in(f'UPDATE audit_entry SET "{column}" = {expression} WHERE n = 3')
    assert_named(3, f"column {column} is stored as {type_}")


@on_sqlite
@pytest.mark.parametrize("column", ["at", "by", "verb", "about"])
def test_text_that_is_not_text_is_named(column):
    write_lines(5)
    break_in(f"UPDATE audit_entry SET \"{column}\" = CAST(x'ff00fe' AS TEXT) WHERE n = 3")
    assert_named(3, f"another {column}")


@on_sqlite
def test_a_table_made_anew_with_a_text_column_is_told_and_its_first_changed_entry_named():
    write_lines(4)
    with burglary(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry RENAME TO old")
        cursor.execute(
            'CREATE TABLE audit_entry (n integer PRIMARY KEY, "at" varchar(27),'
            ' "by" varchar(200), verb varchar(200), about varchar(200),'
            " body TEXT, prev BLOB, hash BLOB)"
        )
        cursor.execute(
            'INSERT INTO audit_entry SELECT n, "at", "by", verb, about,'
            " CASE WHEN n > 2 THEN CAST(body AS TEXT) ELSE body END, prev, hash FROM old"
        )
    assert_named(3, "column body is stored as text")
    assert "column body is text, and was blob" in verify().troubles


@on_sqlite
def test_a_table_whose_numbers_are_no_longer_numbers_is_named():
    write_lines(3)
    with burglary(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry RENAME TO old")
        cursor.execute(
            "CREATE TABLE audit_entry AS SELECT CASE WHEN n = 2 THEN 'two' ELSE n END AS n,"
            ' "at", "by", verb, about, body, prev, hash FROM old WHERE n < 3'
        )
    assert_named(2, "not a number", "text")


@on_postgresql
def test_a_column_altered_to_another_type_is_named():
    write_lines(4)
    with burglary(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_prev_is_a_hash")
        cursor.execute(
            "ALTER TABLE audit_entry ALTER COLUMN body TYPE text USING convert_from(body, 'UTF8')"
        )
    assert_named(1, "column body is stored as text, not as bytea")
    assert "column body is text, and was bytea" in verify().troubles


def test_a_ledger_whose_table_is_gone_is_named_with_words_not_a_crash():
    write_lines(2)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE audit_entry")
        verdict = verify()
        transaction.set_rollback(True)
    assert verdict.is_good is False
    assert verdict.first_bad.n == 1
    assert "cannot be read" in verdict.first_bad.why


def test_a_column_that_is_gone_is_told():
    write_lines(2)
    with transaction.atomic():
        with burglary(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_entry DROP COLUMN verb")
            cursor.execute("ALTER TABLE audit_entry ADD COLUMN note text")
        verdict = verify()
        transaction.set_rollback(True)
    assert "column verb is gone, and was varchar(200)" in verdict.troubles
    assert "column note is text, and was not there" in verdict.troubles


def test_missing_guards_are_told_though_every_entry_is_as_written():
    write_lines(2)
    guards.remove(connection)
    verdict = verify()
    assert verdict.first_bad is None
    assert verdict.entries == 2
    assert verdict.is_good is False
    assert "guards against change are missing" in verdict.troubles[0]


@on_sqlite
def test_an_index_that_hides_a_line_is_told():
    write_lines(4)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute(
            "UPDATE sqlite_master SET sql = replace(sql, '\"about\"', '\"verb\"')"
            " WHERE name = 'audit_entry_about'"
        )
        cursor.execute("PRAGMA schema_version")
        cursor.execute(f"PRAGMA schema_version = {cursor.fetchone()[0] + 1}")
        cursor.execute("PRAGMA writable_schema = OFF")
    verdict = verify()
    assert verdict.first_bad is None
    assert "SQLite finds the table damaged" in verdict.troubles[0]

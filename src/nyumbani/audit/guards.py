"""Triggers that let the ledger grow at its end and change nowhere, on SQLite and PostgreSQL.

They stop careless hands and faulty code. Somebody who owns the database can drop them; that is
what the chain, `nyumbani verify` and the witnessed head are for.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "audit_entry"
_REFUSAL = "the ledger is append-only"
_NEXT = "SELECT coalesce(max(n), 0) + 1 FROM audit_entry"

# REPLACE deletes rows without calling a DELETE trigger, so an entry must follow the last one.
_SQLITE = {
    "audit_entry_no_update": f"""CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    "audit_entry_no_delete": f"""CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    "audit_entry_at_the_end": f"""CREATE TRIGGER audit_entry_at_the_end BEFORE INSERT ON {TABLE}
WHEN NEW.n <> ({_NEXT}) BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
}

_POSTGRES_FUNCTIONS = {
    "audit_entry_refuse": f"BEGIN RAISE EXCEPTION '{_REFUSAL}'; END",
    "audit_entry_follow": f"BEGIN IF NEW.n <> ({_NEXT}) THEN RAISE EXCEPTION '{_REFUSAL}'; END IF;"
    " RETURN NEW; END",
}
_POSTGRES = {
    "audit_entry_no_update": f"BEFORE UPDATE ON {TABLE} FOR EACH ROW"
    " EXECUTE FUNCTION audit_entry_refuse()",
    "audit_entry_no_delete": f"BEFORE DELETE ON {TABLE} FOR EACH ROW"
    " EXECUTE FUNCTION audit_entry_refuse()",
    "audit_entry_no_truncate": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT"
    " EXECUTE FUNCTION audit_entry_refuse()",
    "audit_entry_at_the_end": f"BEFORE INSERT ON {TABLE} FOR EACH ROW"
    " EXECUTE FUNCTION audit_entry_follow()",
}


def install(connection: "BaseDatabaseWrapper") -> None:
    """Put the triggers in place; those that stand already are put up anew."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in _SQLITE.values():
                cursor.execute(statement)
            return
        for name, source in _POSTGRES_FUNCTIONS.items():
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
                f" AS $guard${source}$guard$"
            )
        for name, when in _POSTGRES.items():
            cursor.execute(f"CREATE TRIGGER {name} {when}")
            # ALWAYS: also for a session that calls itself a replica.
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}")


def remove(connection: "BaseDatabaseWrapper") -> None:
    """Take the triggers away: for undoing the migration, and for emptying test databases."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        for name in _POSTGRES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}")
        for name in _POSTGRES_FUNCTIONS:
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def missing(connection: "BaseDatabaseWrapper") -> list[str]:
    """Names of the triggers that are not there, or not as we made them, in alphabetical order."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [TABLE],
            )
            standing = dict(cursor.fetchall())
            return sorted(name for name, made in _SQLITE.items() if standing.get(name) != made)
        cursor.execute(
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgrelid = to_regclass(%s) AND t.tgenabled = 'A'",
            [TABLE],
        )
        standing = dict(cursor.fetchall())
    made = {name: _function_source(when) for name, when in _POSTGRES.items()}
    return sorted(name for name, source in made.items() if standing.get(name) != source)


def _function_source(when: str) -> str:
    return next(source for name, source in _POSTGRES_FUNCTIONS.items() if f"{name}()" in when)

"""Reading the ledger as it lies in storage, and finding the first entry that is not as written.

Nothing here trusts a declared type: SQLite turns a BLOB into TEXT after a careless edit, and a
value that cannot be decoded must be named, not stumble over. Rows are read by key in batches, so
memory stays the same however long the ledger is, and writers never wait.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import rfc8785
from django.db import DatabaseError, connection

from nyumbani.audit import chain, guards, witness
from nyumbani.audit.models import Entry
from nyumbani.audit.witness import Head

BATCH = 500
_BEFORE_ALL = -(2**63)
_COPIES = ("at", "by", "verb", "about")
_COLUMNS = ("n", *_COPIES, "body", "prev", "hash")
_READ = "SELECT {columns} FROM audit_entry WHERE n >= %s ORDER BY n LIMIT %s"
_STORED_AS = {
    "sqlite": ("integer", "text", "blob"),
    "postgresql": ("integer", "character varying", "bytea"),
}
_DECLARED = {
    "sqlite": "SELECT name, lower(type) FROM pragma_table_info(%s)",
    "postgresql": "SELECT attname, replace(format_type(atttypid, atttypmod), 'character varying',"
    " 'varchar') FROM pg_attribute"
    " WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped",
}


@dataclass(frozen=True, slots=True)
class Bad:
    """The first entry that is not as it was written, and why we say so."""

    n: int
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: good entries up to the first bad one, and where the good part ends."""

    entries: int
    head: str  # `n:hash` of the last good entry, empty for an empty ledger
    first_bad: Bad | None = None
    troubles: tuple[str, ...] = field(default=())  # not about one entry: guards, table, witness

    @property
    def is_good(self) -> bool:
        """Whether every entry is as written and everything that guards them stands."""
        return self.first_bad is None and not self.troubles


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as stored: the bytes of each column and the type they are stored as."""

    values: dict[str, bytes | None]
    types: dict[str, str]

    @property
    def n(self) -> int | None:
        """The row's number, if it is one."""
        stored = self.values["n"]
        return int(stored) if stored is not None and self.types["n"] == "integer" else None

    def bytes_of(self, column: str) -> bytes:
        """The stored bytes; empty where there are none."""
        return self.values[column] or b""


class _Fault(Exception):
    def __init__(self, n: int, why: str) -> None:
        super().__init__(why)
        self.bad = Bad(n, why)


@dataclass(slots=True)
class _Walk:
    """How far the walk along the chain has come."""

    marks: dict[int, list[Head]]
    n: int = 0
    hash: bytes = chain.GENESIS

    @property
    def head(self) -> str:
        return f"{self.n}:{self.hash.hex()}" if self.n else ""

    def step(self, row: _Row) -> None:
        """Take the next entry, or raise the fault in it."""
        n = self.n + 1
        _check_place(row, n)
        why = _wrong_storage(row) or _wrong_link(row, self.hash) or _wrong_body(row, n)
        if why:
            raise _Fault(n, why)
        stored = row.bytes_of("hash")
        for mark in self.marks.get(n, ()):
            if mark.hash != stored:
                raise _Fault(n, f"is not the entry that {mark.source} remembers under this number")
        self.n, self.hash = n, stored

    def finish(self) -> None:
        """Raise the fault if entries were seen once that are no longer there."""
        beyond = [mark for n, marks in self.marks.items() if n > self.n for mark in marks]
        if beyond:
            last = max(beyond, key=lambda mark: mark.n)
            raise _Fault(
                self.n + 1, f"is missing: {last.source} remembers the ledger up to {last.n}"
            )


def verify(given: Head | None = None) -> Verdict:
    """Hold the whole ledger against itself, the head witness and, where given, one more head.

    Reads only. Never raises for what it finds in the database, however damaged.
    """
    troubles, heads = _troubles(), [given] if given else []
    try:
        heads += witness.heads(witness.folder() / witness.FILE)
    except (witness.Unreadable, OSError) as error:
        troubles.append(f"the head witness cannot be read: {error}")
    marks = defaultdict(list)
    for head in heads:
        marks[head.n].append(head)
    walk = _Walk(dict(marks))
    bad = None
    try:
        for row in _rows():
            walk.step(row)
        walk.finish()
    except _Fault as fault:
        bad = fault.bad
    except DatabaseError as error:
        bad = Bad(walk.n + 1, f"cannot be read from the database: {error}")
    return Verdict(walk.n, walk.head, bad, tuple(troubles))


def _rows() -> Iterator[_Row]:
    """Every row of the table in the order of its number, as stored."""
    start = _BEFORE_ALL
    while True:
        batch = _batch(start)
        yield from batch
        last = batch[-1].n if batch else None
        if last is None or len(batch) < BATCH:
            return
        start = last + 1


def _batch(start: int) -> list[_Row]:
    quoted = [connection.ops.quote_name(column) for column in _COLUMNS]
    wanted = (
        "CAST({0} AS BLOB), typeof({0})"
        if connection.vendor == "sqlite"
        else "{0}, pg_typeof({0})::text"
    )
    columns = ", ".join(wanted.format(column) for column in quoted)
    with connection.cursor() as cursor:
        cursor.execute(_READ.format(columns=columns), [start, BATCH])
        return [_row(stored) for stored in cursor.fetchall()]


def _row(stored: tuple[object, ...]) -> _Row:
    values = {name: _bytes(stored[2 * i]) for i, name in enumerate(_COLUMNS)}
    types = {name: str(stored[2 * i + 1]) for i, name in enumerate(_COLUMNS)}
    return _Row(values, types)


def _bytes(value: object) -> bytes | None:
    if value is None:
        return None
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    return str(value).encode("utf-8", "surrogatepass")


def _check_place(row: _Row, expected: int) -> None:
    n = row.n
    if n is None:
        raise _Fault(
            expected, f"has something that is not a number for its number ({row.types['n']})"
        )
    if n < expected:
        raise _Fault(n, "cannot be: entries count from 1")
    if n > expected:
        raise _Fault(expected, f"is missing: the next entry there is has number {n}")


def _wrong_storage(row: _Row) -> str:
    _number, text, blob = _STORED_AS[connection.vendor]
    for column in _COLUMNS[1:]:
        expected = text if column in _COPIES else blob
        if row.types[column] != expected:
            return f"column {column} is stored as {row.types[column]}, not as {expected}"
    return ""


def _wrong_link(row: _Row, prev: bytes) -> str:
    if row.bytes_of("prev") != prev:
        return "does not carry the hash of the entry before it"
    if row.bytes_of("hash") != chain.link(prev, row.bytes_of("body")):
        return "has a hash that does not fit its body"
    return ""


def _wrong_body(row: _Row, n: int) -> str:
    stored = row.bytes_of("body")
    try:
        body = json.loads(stored.decode())
        if not isinstance(body, dict) or rfc8785.dumps(body) != stored:
            return "has a body that is not in canonical form"
    except (ValueError, RecursionError):
        return "has a body that cannot be read"
    if body.get("n") != n:
        return f"has a body with another number: {body.get('n')}"
    for column in _COPIES:
        if _bytes(body.get(column)) != row.bytes_of(column):
            return f"has another {column} in its column than in its body"
    return ""


def _troubles() -> list[str]:
    """What is wrong around the entries: the table's columns, its indexes, the guards."""
    try:
        found = _changed_columns() + _damaged_indexes()
        missing = guards.missing(connection)
    except DatabaseError as error:
        return [f"the database cannot be asked about the ledger's table: {error}"]
    if missing:
        found.append("the guards against change are missing or altered: " + ", ".join(missing))
    return found


def _changed_columns() -> list[str]:
    """Differences between the table as declared now and as we made it."""
    fields = Entry._meta.fields  # noqa: SLF001 - Django documents this part of it
    declared = {str(each.column): str(each.db_type(connection)).lower() for each in fields}
    with connection.cursor() as cursor:
        cursor.execute(_DECLARED[connection.vendor], [guards.TABLE])
        standing = {str(name): str(type_) for name, type_ in cursor.fetchall()}
    return [
        f"column {name} is {standing.get(name, 'gone')}, and was {declared.get(name, 'not there')}"
        for name in sorted({*declared, *standing})
        if declared.get(name) != standing.get(name)
    ]


def _damaged_indexes() -> list[str]:
    """What SQLite itself finds wrong: an index that leaves lines out would hide who looked."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA integrity_check({guards.TABLE})")
        found = [str(line) for (line,) in cursor.fetchmany(3)]
    return [] if found == ["ok"] else [f"SQLite finds the table damaged: {'; '.join(found)}"]

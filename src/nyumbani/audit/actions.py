"""The ledger's one verb."""

from django.db import connection, transaction

from nyumbani.audit import chain
from nyumbani.audit.chain import Fact
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer

# Every message, reading and job writes a line, so these two statements are written by hand:
# through the ORM they took four times as long (bench/ledger.py).
_LAST = "SELECT n, hash FROM audit_entry ORDER BY n DESC LIMIT 1"
_APPEND = (
    'INSERT INTO audit_entry (n, "at", "by", verb, about, body, prev, hash)'
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)

# Any number of our own: it names the one lock that appending to the ledger takes on PostgreSQL.
_LOCK = 0x6C656431  # "led1"


def record(*, by: Doer, verb: str, about: str, **facts: Fact) -> int:
    """Write into the ledger that somebody did or saw something; returns the line's number.

    The line is kept if the surrounding transaction is. `verb` is a dotted word (`case.opened`,
    `person.seen`), `about` what it happened to (`case:01J…`); facts are ids, numbers, hashes and
    words of ours, never personal data: anything else raises `NotForTheLedger`.

    Lines are written one after the other: from here until its transaction ends, nobody else
    writes one. So a verb records first, before it locks or writes anything else: then whoever
    waits for its turn holds nothing that another could be waiting for
    (tests/architecture/test_ledger_first.py). And keep transactions short.
    """
    body = chain.body_of(at=clock.now(), by=by.ledger_name, verb=verb, about=about, facts=facts)
    with transaction.atomic(savepoint=False):
        return _append(body)


def _append(body: chain.Body) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # SQLite needs none: transactions begin IMMEDIATE (config.settings), one at a time.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_LAST)
        last = cursor.fetchone()
        n, prev = (last[0] + 1, bytes(last[1])) if last else (1, chain.GENESIS)
        written = chain.canonical({**body, "n": n})
        copies = (body["at"], body["by"], body["verb"], body["about"])
        cursor.execute(_APPEND, [n, *copies, written, prev, chain.link(prev, written)])
    return n

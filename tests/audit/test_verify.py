"""Whatever is done to the ledger in its storage, `verify` names the first entry it was done to."""

import tracemalloc

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nyumbani.audit import chain
from nyumbani.audit.verifier import verify
from tests.audit.people import (
    assert_named,
    break_in,
    burglary,
    on_sqlite,
    rewrite_from,
    stored,
    write_lines,
)

pytestmark = pytest.mark.django_db


def test_an_untouched_ledger_is_good_and_its_head_is_told():
    write_lines(7)
    verdict = verify()
    assert verdict.is_good
    assert (verdict.entries, verdict.first_bad, verdict.troubles) == (7, None, ())
    assert verdict.head == f"7:{bytes(stored(7)['hash']).hex()}"


def test_an_empty_ledger_is_good_and_has_no_head():
    verdict = verify()
    assert verdict.is_good
    assert (verdict.entries, verdict.head) == (0, "")


def test_a_ledger_longer_than_one_batch_is_walked_to_its_end():
    write_lines(1203)
    assert verify().entries == 1203


# ---- bodies and copies ---------------------------------------------------------------------------


def test_a_word_changed_in_a_body_is_named():
    write_lines(5)
    body = bytes(stored(3)["body"]).replace(b"person.seen", b"person.fled")
    break_in("UPDATE audit_entry SET body = %s WHERE n = 3", [body])
    assert_named(3, "hash", "does not fit")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2014-07-12T08:00:00.000000Z"),
        ("by", "staff:01J2WANJ1KV000000000000009"),
        ("verb", "person.met"),
        ("about", "person:01J2X3Y4Z5A6B7C8D9E0F1G2H3"),
        ("about", ""),
    ],
)
def test_a_column_that_says_something_else_than_the_body_is_named(column, value):
    write_lines(5)
    break_in(f'UPDATE audit_entry SET "{column}" = %s WHERE n = 4', [value])
    assert_named(4, f"another {column}")


def test_a_changed_hash_is_named_where_it_stands_and_a_changed_predecessor_too():
    write_lines(5)
    with transaction.atomic():
        break_in("UPDATE audit_entry SET hash = %s WHERE n = 2", [bytes(32)])
        assert_named(2, "hash", "does not fit")
        transaction.set_rollback(True)
    break_in("UPDATE audit_entry SET prev = %s WHERE n = 3", [bytes(32)])
    assert_named(3, "entry before it")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"n": 3}', "canonical"),
        (b'{"about":"case:x","n":3,"n":3}', "canonical"),
        (b'{"verb":"a.b","about":"case:x","n":3}', "canonical"),
        (b'{"n":3.0}', "canonical"),
        ('{"n":3}'.encode("utf-16"), "cannot be read"),
        (b"[3]", "canonical"),
        (b"null", "canonical"),
        (b"", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b'{"n":3,"x":"\\ud800"}', "cannot be read"),
        (b'{"n":' + b"9" * 5000 + b"}", "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        (b'{"n":4}', "another number: 4"),
        (b'{"n":"3"}', "another number"),
        (b'{"about":"case:x","n":3}', "another at"),
    ],
)
def test_a_body_no_line_can_have_is_named_even_under_a_fitting_hash(body, words):
    write_lines(5)
    rewrite_from(3, body)
    assert_named(3, words)


# ---- rows ----------------------------------------------------------------------------------------


def test_a_line_taken_out_of_the_middle_is_missing():
    write_lines(6)
    break_in("DELETE FROM audit_entry WHERE n = 3")
    assert_named(3, "is missing", "number 4")


def test_the_first_line_taken_out_is_missing():
    write_lines(3)
    break_in("DELETE FROM audit_entry WHERE n = 1")
    assert_named(1, "is missing")


def test_a_gap_closed_by_numbering_the_rest_anew_is_named():
    write_lines(6)
    break_in("DELETE FROM audit_entry WHERE n = 3")
    for n in (4, 5, 6):
        break_in("UPDATE audit_entry SET n = %s WHERE n = %s", [n - 1, n])
    assert_named(3, "entry before it")


def test_two_lines_that_changed_places_are_named():
    write_lines(6)
    for old, new in ((3, 900), (4, 3), (900, 4)):
        break_in("UPDATE audit_entry SET n = %s WHERE n = %s", [new, old])
    assert_named(3, "entry before it")


@on_sqlite
def test_a_line_before_the_first_is_named():
    write_lines(2)
    break_in(
        'INSERT INTO audit_entry SELECT -5, "at", "by", verb, about, body, prev, hash'
        " FROM audit_entry WHERE n = 1"
    )
    verdict = verify()
    assert verdict.first_bad.n == -5
    assert "count from 1" in verdict.first_bad.why


def test_a_line_added_by_hand_with_a_fitting_chain_but_another_number_is_named():
    write_lines(2)
    row = stored(2)
    body = bytes(row["body"])
    break_in(
        'INSERT INTO audit_entry (n, "at", "by", verb, about, body, prev, hash)'
        ' SELECT 3, "at", "by", verb, about, %s, %s, %s FROM audit_entry WHERE n = 2',
        [body, bytes(row["hash"]), chain.link(bytes(row["hash"]), body)],
    )
    assert_named(3, "another number: 2")


# ---- any bit anywhere ----------------------------------------------------------------------------

BYTES = ("body", "prev", "hash")
TEXTS = ("at", "by", "verb", "about")


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    n=st.integers(1, 9),
    column=st.sampled_from(("n", *TEXTS, *BYTES)),
    where=st.integers(0, 10_000),
    bit=st.integers(0, 7),
)
def test_any_bit_flipped_anywhere_in_a_row_is_noticed_and_the_row_named(n, column, where, bit):
    if not _has_lines():
        write_lines(9)
    with transaction.atomic():
        _flip(n, column, where, bit)
        assert_named(n)
        transaction.set_rollback(True)
    assert verify().is_good


def _has_lines():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry")
        return cursor.fetchone()[0] > 0


def _flip(n, column, where, bit):
    value = stored(n)[column]
    if column == "n":
        # Bits that would give another line's number are refused by the table itself.
        break_in("UPDATE audit_entry SET n = %s WHERE n = %s", [n ^ (1 << (4 + where % 26)), n])
        return
    raw = bytearray(value.encode() if column in TEXTS else bytes(value))
    raw[where % len(raw)] ^= 1 << bit
    if column in BYTES:
        break_in(f"UPDATE audit_entry SET {column} = %s WHERE n = %s", [bytes(raw), n])
    elif connection.vendor == "sqlite":
        break_in(
            f"UPDATE audit_entry SET \"{column}\" = CAST(x'{raw.hex()}' AS TEXT) WHERE n = %s", [n]
        )
    else:
        # PostgreSQL takes no text that is not text: the lowest bits keep ASCII what it is.
        raw = bytearray(value.encode())
        raw[where % len(raw)] ^= 1
        break_in(f'UPDATE audit_entry SET "{column}" = %s WHERE n = %s', [raw.decode(), n])


def test_the_same_number_twice_is_refused_by_the_table_even_without_guards():
    write_lines(3)
    with burglary(), pytest.raises(IntegrityError), transaction.atomic():
        break_in("UPDATE audit_entry SET n = 2 WHERE n = 3")


# ---- size ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_memory_does_not_grow_with_the_ledger():
    write_lines(1000)
    verify()
    short = _peak()
    write_lines(2000)
    assert _peak() < short * 1.2


def _peak():
    tracemalloc.start()
    assert verify().is_good
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
